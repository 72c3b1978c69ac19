import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { received, wholeClient } from '../fixtures/messages.ts';
import { postOffice, send } from '../fixtures/post-office.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import type { OperationSchema } from '../schema.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import { awsQueryClient } from './client.ts';

const client = wholeClient(awsQueryClient(postOffice));
const ping = postOffice.operations['Ping'] as OperationSchema;
const answer = (body: string, status = 200) => received({ status, headers: {}, body });

describe('awsQuery client writes', () => {
  test('a form with members, structures, lists and maps in each of their forms', () => {
    const { method, path, query, headers, body } = client.renderInput(send, {
      To: 'a b&c',
      Items: [{ Name: 'x', Parts: [{ Weight: 1 }] }, { Name: 'y' }],
      Stamps: ['s'],
      Named: ['n'],
      Tags: { k: 'v' },
      Marks: { m: { Name: 'z' } },
      At: new Date('2026-01-02T03:04:05Z'),
      Photo: new Uint8Array([1]),
      Express: true,
      Way: { Air: 'KL' },
    });
    assert.equal(`${method} ${path}?${query}`, 'POST /?');
    assert.deepEqual(headers, { 'content-type': 'application/x-www-form-urlencoded' });
    assert.deepEqual(decodeUtf8(body)?.split('&'), [
      'Action=Send',
      'Version=2026-01-01',
      'To=a%20b%26c',
      'Items.member.1.Name=x',
      'Items.member.1.Parts.member.1.Weight=1',
      'Items.member.2.Name=y',
      'Stamp.1=s',
      'Named.n.1=n',
      'Tags.entry.1.key=k',
      'Tags.entry.1.value=v',
      'Marks.1.K=m',
      'Marks.1.V.Name=z',
      'At=2026-01-02T03%3A04%3A05Z',
      'Photo=AQ%3D%3D',
      'Express=true',
      'Way.Air=KL',
    ]);
  });

  test('an empty list as a name without items, and an empty map not at all', () => {
    const { body } = client.renderInput(send, { To: 'a', Items: [], Tags: {} });
    assert.equal(decodeUtf8(body), 'Action=Send&Version=2026-01-01&To=a&Items=');
  });

  test('nothing of a value that does not fit the model', () => {
    const refusal = (input: object) => refusalOf(() => client.renderInput(send, input)).message;
    assert.equal(
      refusal({ Items: [{}, { Weight: 'x' }] }),
      "Cannot write '/Items/1/Weight': found a string, expected a whole number",
    );
    assert.equal(refusal({ Items: {} }), "Cannot write '/Items': found an object, expected a list");
    assert.equal(refusal({ Marks: { m: 1 } }), "Cannot write '/Marks/m': found a number, expected an object");
    assert.equal(
      refusal({ Way: {} }),
      "Cannot write '/Way': found 0 members in a union, expected exactly one",
    );
  });
});

describe('awsQuery client reads', () => {
  test('the result in an answer', () => {
    const result = '<Id>1</Id><Items><member><Name>x</Name></member></Items><Stamp>s</Stamp><Stamp>t</Stamp>';
    const body = `<SendResponse><SendResult Id="9">${result}</SendResult><ResponseMetadata/></SendResponse>`;
    assert.deepEqual(client.parseOutput(send, answer(body)), {
      Id: '9',
      Items: [{ Name: 'x' }],
      Stamps: ['s', 't'],
    });
  });

  test('no answer but its own: not an empty body, a page of a proxy, or the answer of another operation', () => {
    const strangers = [
      '<PingResponse><SendResult/></PingResponse>',
      '<html><body/></html>',
      '<SendResult/>',
      'ok',
    ];
    for (const body of ['', ...strangers])
      assert.equal(refusalOf(() => client.parseOutput(send, answer(body))).code, 'malformed', body);
    for (const body of ['<SendResponse/>', ...strangers.slice(1)])
      assert.equal(refusalOf(() => client.parseOutput(ping, answer(body))).code, 'malformed', body);
  });

  test('an answer without a result, and nothing where there is no output', () => {
    assert.deepEqual(client.parseOutput(send, answer('<SendResponse/>')), {});
    assert.deepEqual(client.parseOutput(ping, answer('')), {});
    assert.deepEqual(client.parseOutput(ping, answer('<PingResponse/>')), {});
  });

  test('an error by the code that the query protocol has for it', () => {
    const error =
      '<Error><Type>Sender</Type><Code>TooHeavy</Code><Message>Too much</Message><Limit>2</Limit></Error>';
    const body = `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`;
    assert.deepEqual(client.parseError(send, answer(body, 413)), {
      name: 'TooHeavyException',
      message: 'Too much',
      modeled: true,
      members: { message: 'Too much', Limit: 2 },
      status: 413,
      requestId: 'r',
    });
  });
});
