import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { awsJson1_0Client, awsJson1_1Client } from './aws-json/client.ts';
import { awsQueryClient } from './aws-query/client.ts';
import { ec2QueryClient } from './ec2-query/client.ts';
import { WireError } from './error.ts';
import { arbitraryStructure } from './fixtures/arbitrary-value.ts';
import { library } from './fixtures/library.ts';
import { received, wholeClient } from './fixtures/messages.ts';
import { send } from './fixtures/post-office.ts';
import { refusalOf } from './fixtures/refusal-of.ts';
import type { ClientProtocolFactory } from './protocol.ts';
import { restJson1Client } from './rest-json1/client.ts';
import { restXmlClient } from './rest-xml/client.ts';
import { rpcv2CborClient } from './rpcv2-cbor/client.ts';
import type { OperationSchema, ProtocolName } from './schema.ts';
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

const operation: OperationSchema = { ...send, http: { method: 'POST', uri: '/send', code: 200 } };

/** Some bytes of a message changed, cut off or put in. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: bytes.length });
  const other = fc.uint8Array({ maxLength: 4 });
  return fc.tuple(place, fc.nat({ max: 4 }), other).map(([at, cut, put]) => {
    return Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)]);
  });
}

/** @returns undefined when the work is refused */
function doneOrRefused<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    assert(error instanceof WireError, `threw ${String(error)}, expected a WireError`);
    return undefined;
  }
}

for (const [name, factory] of Object.entries(clients)) {
  const protocol = name as ProtocolName;
  const service = { ...library, protocol, operations: { Send: operation } };
  const client = wholeClient(factory(service));
  const server = createServerProtocol(service);

  describe(`${protocol} reads or refuses, and does nothing else,`, () => {
    test('a request with any body', () => {
      fc.assert(
        fc.property(fc.uint8Array(), (body) => {
          const request = { ...client.renderInput(operation, { To: 'bob' }), body };
          server.match(request);
          doneOrRefused(() => server.parseInput(operation, request));
        }),
      );
    });

    test('a request whose body was damaged', () => {
      const requests = arbitraryStructure(operation.input)
        // XML cannot hold every character, which a client says at once.
        .map((input) => doneOrRefused(() => client.renderInput(operation, input)))
        .filter((request) => request !== undefined)
        .chain((request) => damaged(request.body).map((body) => ({ ...request, body })));
      fc.assert(
        fc.property(requests, (request) => {
          server.match(request);
          doneOrRefused(() => server.parseInput(operation, request));
        }),
      );
    });

    test('an answer whose body was damaged, be it an output or an error', () => {
      const responses = arbitraryStructure(operation.output)
        .map((output) => received(server.renderOutput(operation, output, { requestId: 'r' })))
        .chain((response) => damaged(response.body).map((body) => ({ ...response, body })));
      fc.assert(
        fc.property(responses, (response) => {
          doneOrRefused(() => client.parseOutput(operation, response));
          assert.equal(client.parseError(operation, { ...response, status: 400 }).status, 400);
        }),
      );
    });
  });
}

describe('half of a surrogate pair, which UTF-8 cannot hold, is refused before it becomes another character,', () => {
  const text = { target: { type: 'string' } } as const;
  const members = {
    text,
    list: { target: { type: 'list', member: text } },
    map: { target: { type: 'map', key: text, value: text } },
    header: { ...text, traits: { httpHeader: 'x-header' } },
    query: { ...text, traits: { httpQuery: 'q' } },
  } as const;
  const input = { type: 'structure', name: 'Input', members } as const;
  const write: OperationSchema = { ...operation, input };
  const halves = ['\ud800', 'a\udc00', '\ud83d!', '\udc00\ud800'];
  const placed = (half: string): readonly (readonly [path: string, input: object])[] => [
    ['/text', { text: half }],
    ['/list/1', { list: ['fine 👍', half] }],
    ['/map/a', { map: { a: half } }],
    [`/map/${half}`, { map: { [half]: 'a' } }],
    ['/header', { header: half }],
    ['/query', { query: half }],
  ];
  for (const [name, factory] of Object.entries(clients)) {
    test(`by the client of ${name}`, () => {
      const client = wholeClient(factory(library));
      for (const [path, value] of halves.flatMap(placed)) {
        const refusal = refusalOf(() => client.renderInput(write, value));
        assert.equal(refusal.code, 'unwritable', JSON.stringify(value));
        assert.equal(refusal.path, path);
      }
    });
  }
});
