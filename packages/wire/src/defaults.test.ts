import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awsJson1_1Client } from './aws-json/client.ts';
import { awsQueryClient } from './aws-query/client.ts';
import { library } from './fixtures/library.ts';
import { received, wholeClient } from './fixtures/messages.ts';
import { restJson1Client } from './rest-json1/client.ts';
import { restXmlClient } from './rest-xml/client.ts';
import { rpcv2CborClient } from './rpcv2-cbor/client.ts';
import type { OperationSchema, StructureSchema } from './schema.ts';
import { createServerProtocol } from './server-protocol.ts';
import { decodeUtf8 } from './values/utf8.ts';

const page: StructureSchema = {
  type: 'structure',
  name: 'Page',
  members: {
    size: { target: { type: 'integer' }, traits: { default: 10 } },
    kind: { target: { type: 'string' }, traits: { default: 'plain', clientOptional: true } },
  },
};
const filled: StructureSchema = {
  type: 'structure',
  name: 'Filled',
  members: Object.fromEntries(
    (['string', 'boolean', 'blob', 'timestamp', 'long', 'double'] as const).map((type) => [
      type,
      { target: { type }, traits: { required: true } },
    ]),
  ),
};
const read: OperationSchema = {
  name: 'Read',
  http: { method: 'POST', uri: '/read', code: 200 },
  auth: [],
  errors: [],
  input: {
    type: 'structure',
    name: 'ReadInput',
    members: {
      page: { target: page },
      limit: { target: { type: 'integer' }, traits: { httpQuery: 'limit', default: 5 } },
      mark: { target: { type: 'string' }, traits: { httpQuery: 'mark', default: 'x', clientOptional: true } },
    },
  },
  output: filled,
};

test('a client writes defaults, but for those that the model leaves to the server', () => {
  const { query, body } = wholeClient(restJson1Client(library)).renderInput(read, { page: {} });
  assert.deepEqual([query, decodeUtf8(body)], ['limit=5', '{"page":{"size":10}}']);
});

describe('a client that gets no required member takes the zero of its type for it', () => {
  for (const [protocol, factory] of [
    ['awsJson1_1', awsJson1_1Client],
    ['rpcv2Cbor', rpcv2CborClient],
    ['awsQuery', awsQueryClient],
    ['restXml', restXmlClient],
  ] as const) {
    test(protocol, () => {
      const server = createServerProtocol({ ...library, protocol, operations: { Read: read } });
      const response = received(server.renderOutput(read, {}, { requestId: 'r' }));
      assert.deepEqual(wholeClient(factory(library)).parseOutput(read, response), {
        string: '',
        boolean: false,
        blob: new Uint8Array(),
        timestamp: new Date(0),
        long: 0,
        double: 0,
      });
    });
  }

  test('awsQuery, without the element that holds the result', () => {
    const answer = received({ status: 200, headers: {}, body: '<ReadResponse/>' });
    assert.equal(wholeClient(awsQueryClient(library)).parseOutput(read, answer)['string'], '');
  });

  test('a header', () => {
    const member = { target: { type: 'integer' }, traits: { required: true, httpHeader: 'X-Size' } } as const;
    const output: StructureSchema = { type: 'structure', name: 'Sized', members: { size: member } };
    const answer = received({ status: 200, headers: {}, body: '' });
    const sized = wholeClient(restJson1Client(library)).parseOutput({ ...read, output }, answer);
    assert.deepEqual(sized, { size: 0 });
  });
});
