import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { archive, locate, store } from '../fixtures/archive.ts';
import { jsonRequest } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { restXmlServer } from './server.ts';

const server = restXmlServer(archive);
const requestId = 'request-1';
const request = (body: string, headers = {}) => ({
  ...jsonRequest('/records/b', body, { 'content-type': 'application/xml', ...headers }),
  method: 'PUT',
});

describe('restXml server refuses', () => {
  for (const [what, body, message] of [
    [
      'a body that is no XML',
      '<StoreInput>',
      'Cannot parse the XML body: unexpected end at line 1, column 13',
    ],
    ['another root', '<Store/>', "Cannot read '/': expected an element 'StoreInput', found another"],
    [
      'a value that does not fit its type',
      '<StoreInput><record><isOpen>yes</isOpen></record></StoreInput>',
      "Cannot read '/record/isOpen': expected 'true' or 'false'",
    ],
    [
      'a union without a member that it knows',
      '<StoreInput><record><place><roof/></place></record></StoreInput>',
      "Cannot read '/record/place': found a member that the union does not have",
    ],
    [
      'a union with two members',
      '<StoreInput><record><place><shelf/><box/></place></record></StoreInput>',
      "Cannot read '/record/place': found 2 members in a union, expected exactly one",
    ],
    [
      'an entry of a map without a value',
      '<StoreInput><record><tags><entry><key>k</key></entry></tags></record></StoreInput>',
      "Cannot read '/record/tags': found an entry without its key or value",
    ],
  ] as const) {
    test(what, () => {
      assert.equal(refusalOf(() => server.parseInput(store, request(body))).message, message);
    });
  }

  test('a body of another type', () => {
    const { code } = refusalOf(() => server.parseInput(store, jsonRequest('/records/b', '{}')));
    assert.equal(code, 'unsupportedMediaType');
  });
});

describe('restXml server reads', () => {
  test('a map that has a key __proto__', () => {
    const entry = '<entry><key>__proto__</key><value>v</value></entry>';
    const body = `<StoreInput><record><tags>${entry}</tags></record></StoreInput>`;
    const { record } = server.parseInput(store, request(body)) as { record: { tags: object } };
    assert.deepEqual(Object.entries(record.tags), [['__proto__', 'v']]);
  });
});

describe('restXml server answers', () => {
  test('an output in the namespace of the service', () => {
    const response = server.renderOutput(store, { etag: 'e', record: { title: 'T' } }, { requestId });
    assert.deepEqual(response, {
      status: 200,
      headers: { etag: 'e', 'content-type': 'application/xml', 'x-amzn-requestid': requestId },
      body: '<StoreResult xmlns="https://library.example.com/doc/"><record><Heading>T</Heading></record></StoreResult>',
    });
  });

  test('an output whose root is its only member', () => {
    const { body } = server.renderOutput(locate, { Place: 'attic' }, { requestId });
    assert.equal(body, '<Place xmlns="https://library.example.com/doc/">attic</Place>');
  });

  test('an output without a body, whose type may be a member', () => {
    const contentType = { target: { type: 'string' }, traits: { httpHeader: 'Content-Type' } } as const;
    const output = { type: 'structure', name: 'PeekOutput', members: { contentType } } as const;
    const peek = { ...locate, name: 'Peek', output };
    const headersOf = (value: object) => server.renderOutput(peek, value, { requestId }).headers;
    assert.deepEqual(headersOf({}), { 'x-amzn-requestid': requestId });
    assert.equal(headersOf({ contentType: 'image/png' })['content-type'], 'image/png');
  });

  test('an error with its members in headers and document', () => {
    const error = { name: 'Misplaced', message: 'Gone', members: { shelf: 'B', nearby: ['C'] } };
    const { status, headers, body } = server.renderError(error, { requestId });
    assert.equal(status, 409);
    assert.equal(headers['x-shelf'], 'B');
    assert.equal(
      body,
      '<ErrorResponse xmlns="https://library.example.com/doc/"><Error><Type>Sender</Type><Code>Misplaced</Code>' +
        '<Message>Gone</Message><nearby><member>C</member></nearby></Error><RequestId>request-1</RequestId></ErrorResponse>',
    );
  });

  test('an error that the model does not have, without wrapping where the service has none', () => {
    const bare = restXmlServer({ ...archive, noErrorWrapping: true });
    const { status, body } = bare.renderError({ name: 'Broken', message: '' }, { requestId });
    assert.equal(status, 500);
    assert.equal(
      body,
      '<Error><Type>Receiver</Type><Code>Broken</Code><RequestId>request-1</RequestId></Error>',
    );
  });
});
