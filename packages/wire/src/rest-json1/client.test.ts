import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addBook, library } from '../fixtures/library.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { OperationSchema } from '../schema.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { restJson1Client } from './client.ts';

const client = wholeClient(restJson1Client(library));
const answer = (body: string, headers = {}, status = 400) => received({ status, headers, body });

describe('restJson1 client writes a request', () => {
  test('every member to where the model binds it', () => {
    const { method, path, query, headers, body } = client.renderInput(addBook, {
      shelf: 'a/b c',
      path: 'x/y z',
      since: new Date('2026-01-02T03:04:05Z'),
      colors: ['red', 'blue'],
      days: [new Date('2026-01-02T00:00:00Z'), new Date('2026-01-03T00:00:00Z')],
      marks: ['plain', 'a,b', 'say "x"'],
      labels: { Size: 'big' },
      book: { title: 'T', printedAt: new Date(1500) },
    });
    assert.equal(
      `${method} ${path}?${query}`,
      'POST /shelves/a%2Fb%20c/books/x/y%20z?add=&since=2026-01-02T03%3A04%3A05Z&color=red&color=blue',
    );
    assert.deepEqual(headers, {
      'x-label-size': 'big',
      'x-days': 'Fri, 02 Jan 2026 00:00:00 GMT, Sat, 03 Jan 2026 00:00:00 GMT',
      'x-marks': 'plain, "a,b", "say \\"x\\""',
      'content-type': 'application/json',
    });
    assert.equal(decodeUtf8(body), '{"book":{"bookTitle":"T","printedAt":1.5}}');
  });

  test('a label that would lead to another path is refused', () => {
    for (const shelf of ['.', '..'])
      assert.equal(refusalOf(() => client.renderInput(addBook, { shelf, path: 'a' })).path, '/shelf');
    assert.equal(
      client.renderInput(addBook, { shelf: '...', path: 'a/../b' }).path,
      '/shelves/.../books/a/../b',
    );
  });

  test('a label that would vanish from the path is refused', () => {
    assert.equal(refusalOf(() => client.renderInput(addBook, { shelf: '', path: 'a' })).path, '/shelf');
    assert.equal(refusalOf(() => client.renderInput(addBook, { shelf: 'a' })).path, '/path');
  });

  test('a member of the wrong type is refused with its place', () => {
    const input = { shelf: 'a', path: 'b', book: { place: { shelf: 'a', box: 1 } } };
    const refusal = refusalOf(() => client.renderInput(addBook, input));
    assert.equal(
      refusal.message,
      "Cannot write '/book/place': found 2 members in a union, expected exactly one",
    );
  });

  test('a document that JSON has no form for is refused with its place', () => {
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    for (const notes of [{ size: 1n }, circle, () => 1]) {
      const { code, path } = refusalOf(() =>
        client.renderInput(addBook, { shelf: 'a', path: 'b', book: { notes } }),
      );
      assert.deepEqual([code, path], ['unwritable', '/book/notes']);
    }
  });

  test('a member that asks for an idempotency token gets one, unless the caller gave it', () => {
    const token = {
      target: { type: 'string' },
      traits: { httpHeader: 'X-Token', idempotencyToken: true },
    } as const;
    const operation: OperationSchema = {
      ...addBook,
      http: { method: 'POST', uri: '/', code: 200 },
      input: { type: 'structure', name: 'Input', members: { token } },
    };
    assert.match(client.renderInput(operation, {}).headers['x-token'] ?? '', /^[\da-f-]{36}$/);
    assert.equal(client.renderInput(operation, { token: 'mine' }).headers['x-token'], 'mine');
  });
});

describe('restJson1 client reads an answer', () => {
  test('a union member that it does not know yet is kept, not refused', () => {
    const response = answer('{"book":{"place":{"cloud":"x"}}}', {}, 200);
    assert.deepEqual(client.parseOutput(addBook, response)['book'], { place: { $unknown: ['cloud', 'x'] } });
  });

  test('null in a list that takes none is passed over', () => {
    const response = answer('{"book":{"authors":["a",null]}}', {}, 200);
    assert.deepEqual(client.parseOutput(addBook, response)['book'], { authors: ['a'] });
  });

  test('an answer that is not of the model is refused with the place', () => {
    assert.equal(refusalOf(() => client.parseOutput(addBook, answer('{"book":[]}', {}, 200))).path, '/book');
  });

  for (const [place, response] of Object.entries({
    header: answer('{}', { 'x-amzn-errortype': 'NoSuchShelf:http://internal.example.com/' }),
    'body member code': answer('{"code":"com.example#NoSuchShelf"}'),
    'body member __type': answer('{"__type":"com.example#NoSuchShelf"}'),
    'body member __type, beside a code of its own': answer(
      '{"code":"A.1","__type":"com.example#NoSuchShelf"}',
    ),
  })) {
    test(`the name of an error may stand in the ${place}`, () => {
      const error = client.parseError(addBook, response);
      assert.deepEqual([error.name, error.modeled], ['NoSuchShelf', true]);
    });
  }

  test('an error outside the model keeps its name, message and request id', () => {
    const headers = { 'x-amzn-errortype': 'Odd', 'x-amz-request-id': 'r' };
    assert.deepEqual(client.parseError(addBook, answer('{"message":"m","other":1}', headers, 418)), {
      name: 'Odd',
      message: 'm',
      modeled: false,
      members: {},
      status: 418,
      requestId: 'r',
    });
  });

  for (const member of ['message', 'Message', 'errorMessage', 'error_description', 'detailedMessage']) {
    test(`the message of an error may be in the member ${member}`, () => {
      const error = client.parseError(addBook, answer(JSON.stringify({ code: 'Odd', [member]: 'Gone' })));
      assert.deepEqual([error.name, error.message], ['Odd', 'Gone']);
    });
  }

  test('an answer that says nothing is an unknown error', () => {
    assert.equal(client.parseError(addBook, answer('<html>Bad gateway</html>', {}, 502)).name, 'Unknown');
  });
});
