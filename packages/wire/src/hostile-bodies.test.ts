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
