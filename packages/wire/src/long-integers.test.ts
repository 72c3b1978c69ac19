import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awsJson1_0Client, awsJson1_1Client } from './aws-json/client.ts';
import { awsQueryClient } from './aws-query/client.ts';
import { ec2QueryClient } from './ec2-query/client.ts';
import { library } from './fixtures/library.ts';
import { received, wholeClient } from './fixtures/messages.ts';
import { refusalOf } from './fixtures/refusal-of.ts';
import type { ClientProtocolFactory } from './protocol.ts';
import { restJson1Client } from './rest-json1/client.ts';
import { restXmlClient } from './rest-xml/client.ts';
import { rpcv2CborClient } from './rpcv2-cbor/client.ts';
import type { OperationSchema, ProtocolName, Schema, StructureSchema } from './schema.ts';
import { createServerProtocol } from './server-protocol.ts';

const clients: Record<ProtocolName, ClientProtocolFactory> = {
  restJson1: restJson1Client,
  awsJson1_0: awsJson1_0Client,
  awsJson1_1: awsJson1_1Client,
  awsQuery: awsQueryClient,
  ec2Query: ec2QueryClient,
  restXml: restXmlClient,
  rpcv2Cbor: rpcv2CborClient,
};

/** An operation that answers with 64-bit integers, as a client reads them that was generated with or without longs=bigint. */
function count(traits: Schema['traits'] = {}): OperationSchema {
  const long: Schema = { type: 'long', traits };
  const output: StructureSchema = {
    type: 'structure',
    name: 'CountOutput',
    members: {
      size: { target: long, traits: { required: true } },
      parts: { target: { type: 'list', member: { target: long } } },
      inHeader: { target: long, traits: { httpHeader: 'x-size' } },
    },
  };
  const input: StructureSchema = { type: 'structure', name: 'CountInput', members: {} };
  return {
    name: 'Count',
    http: { method: 'POST', uri: '/count', code: 200 },
    auth: [],
    errors: [],
    input,
    output,
  };
}

for (const [protocol, factory] of Object.entries(clients) as [ProtocolName, ClientProtocolFactory][]) {
  const server = createServerProtocol({ ...library, protocol });
  const client = wholeClient(factory(library));
  const read = (operation: OperationSchema, output: object) =>
    client.parseOutput(operation, received(server.renderOutput(count(), output, { requestId: 'request-1' })));

  describe(`64-bit integers in answers of ${protocol}`, () => {
    test('are numbers', () => {
      const output = { size: Number.MAX_SAFE_INTEGER, parts: [-1, 0], inHeader: 7 };
      assert.deepEqual(read(count(), output), output);
    });

    for (const [path, output] of [
      ['/size', { size: 2n ** 53n }],
      ['/parts/1', { size: 1, parts: [1, -(2n ** 63n)] }],
      ['/inHeader', { size: 1, inHeader: 2n ** 63n - 1n }],
    ] as const) {
      test(`are refused by a client of numbers where a number would not be exact, naming longs=bigint: ${path}`, () => {
        const error = refusalOf(() => read(count(), output));
        assert.equal(error.path, path);
        assert.match(error.message, /longs=bigint/);
      });
    }

    test('are all bigint for a client of bigint, whatever their size', () => {
      const output = { size: 2n ** 63n - 1n, parts: [-(2n ** 63n), 3], inHeader: 7 };
      const all = { size: 2n ** 63n - 1n, parts: [-(2n ** 63n), 3n], inHeader: 7n };
      assert.deepEqual(read(count({ bigint: true }), output), all);
      assert.equal(read(count({ bigint: true }), { size: 0 })['size'], 0n);
    });
  });
}
