import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { library } from '../fixtures/library.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { restXmlClient } from '../rest-xml/client.ts';
import type { OperationSchema, Schema } from '../schema.ts';

const header = (type: 'string' | 'timestamp' | 'integer' | 'boolean', httpHeader: string) => {
  const target: Schema = { type };
  return { target, traits: { httpHeader } };
};
const getObject: OperationSchema = {
  name: 'GetObject',
  http: { method: 'GET', uri: '/object', code: 200 },
  auth: [],
  errors: [],
  input: { type: 'structure', name: 'GetObjectInput', members: {} },
  output: {
    type: 'structure',
    name: 'GetObjectOutput',
    members: {
      etag: header('string', 'ETag'),
      expires: header('timestamp', 'Expires'),
      isEncrypted: header('boolean', 'x-encrypted'),
      missing: header('integer', 'x-missing'),
    },
  },
};
const client = wholeClient(restXmlClient(library));
const read = (headers: Record<string, string>) =>
  client.parseOutput(getObject, received({ status: 200, headers, body: '' }));

describe('a client that reads the headers of an answer', () => {
  test('takes a date that is none for absent, as Expires of an object may hold anything', () => {
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    assert.deepEqual(read({ expires: date }), { expires: new Date('2026-01-02T03:04:05Z') });
    for (const text of ['0', '-1', '', 'never']) assert.deepEqual(read({ expires: text }), {}, text);
  });

  test('takes an empty number or boolean for absent, and an empty string as it is', () => {
    assert.deepEqual(read({ etag: '', 'x-encrypted': '', 'x-missing': ' ' }), { etag: '' });
  });

  test('refuses a number that is none', () => {
    assert.equal(refusalOf(() => read({ 'x-missing': 'some' })).path, '/missing');
  });
});
