import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awsJson1_0Client, awsJson1_1Client } from './aws-json/client.ts';
import { awsQueryClient } from './aws-query/client.ts';
import { ec2QueryClient } from './ec2-query/client.ts';
import { library } from './fixtures/library.ts';
import { wholeClient } from './fixtures/messages.ts';
import type { ClientProtocolFactory } from './protocol.ts';
import { restJson1Client } from './rest-json1/client.ts';
import { restXmlClient } from './rest-xml/client.ts';
import { rpcv2CborClient } from './rpcv2-cbor/client.ts';
import type { OperationSchema, ProtocolName, StructureSchema } from './schema.ts';
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

const text = 'Grüße 🐈';
const bytes = new TextEncoder().encode(text);

const input: StructureSchema = {
  type: 'structure',
  name: 'StoreInput',
  members: {
    one: { target: { type: 'blob' } },
    several: { target: { type: 'list', member: { target: { type: 'blob' } } } },
    byName: {
      target: { type: 'map', key: { target: { type: 'string' } }, value: { target: { type: 'blob' } } },
    },
  },
};
const operation = (members: StructureSchema): OperationSchema => ({
  name: 'Store',
  http: { method: 'POST', uri: '/store', code: 200 },
  auth: [],
  errors: [],
  input: members,
  output: { type: 'structure', name: 'StoreOutput', members: {} },
});
const payload: StructureSchema = {
  ...input,
  members: { body: { target: { type: 'blob' }, traits: { httpPayload: true } } },
};

for (const [protocol, factory] of Object.entries(clients) as [ProtocolName, ClientProtocolFactory][]) {
  describe(`text in place of bytes, in ${protocol}`, () => {
    const store = operation(input);
    const server = createServerProtocol({ ...library, protocol, operations: { Store: store } });
    const client = wholeClient(factory(library));

    test('is sent as its UTF-8', () => {
      const request = client.renderInput(store, { one: text, several: [text, bytes], byName: { text } });
      const sent = { one: bytes, several: [bytes, bytes], byName: { text: bytes } };
      const { one, several, byName } = server.parseInput(store, request);
      assert.deepEqual({ one, several, byName }, sent);
    });

    test('is refused with half of a surrogate pair, and so is what is neither text nor bytes', () => {
      for (const wrong of ['\ud800', 1, [], {}]) {
        assert.throws(() => client.renderInput(store, { one: wrong }), { code: 'unwritable', path: '/one' });
      }
    });
  });
}

for (const [protocol, factory] of [
  ['restJson1', restJson1Client],
  ['restXml', restXmlClient],
] as const) {
  test(`text in place of the bytes of a whole body is sent as its UTF-8, in ${protocol}`, () => {
    const { body } = wholeClient(factory(library)).renderInput(operation(payload), { body: text });
    assert.deepEqual(body, bytes);
  });
}
