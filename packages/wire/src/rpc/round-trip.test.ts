import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { awsJson1_0Client, awsJson1_1Client } from '../aws-json/client.ts';
import { arbitraryStructure } from '../fixtures/arbitrary-value.ts';
import { addBook, library } from '../fixtures/library.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { rpcv2CborClient } from '../rpcv2-cbor/client.ts';
import type { OperationSchema, ServiceSchema, StructureSchema } from '../schema.ts';
import { createServerProtocol } from '../server-protocol.ts';

const requestId = 'request-1';

const numbers: StructureSchema = {
  type: 'structure',
  name: 'Numbers',
  members: {
    whole: { target: { type: 'bigInteger' } },
    decimal: { target: { type: 'bigDecimal' } },
    gaps: {
      target: {
        type: 'map',
        key: { target: { type: 'string' } },
        value: { target: { type: 'long' } },
        traits: { sparse: true },
      },
    },
  },
};
const count: OperationSchema = { name: 'Count', auth: [], errors: [], input: numbers, output: numbers };

for (const [protocol, factory] of [
  ['awsJson1_0', awsJson1_0Client],
  ['awsJson1_1', awsJson1_1Client],
  ['rpcv2Cbor', rpcv2CborClient],
] as const) {
  const service: ServiceSchema = { ...library, protocol, operations: { AddBook: addBook, Count: count } };
  const client = wholeClient(factory(service));
  const server = createServerProtocol(service);

  describe(protocol, () => {
    for (const operation of Object.values(service.operations)) {
      test(`whatever input a client sends to ${operation.name} arrives at the server as it was`, () => {
        fc.assert(
          fc.property(arbitraryStructure(operation.input), (input) => {
            const request = client.renderInput(operation, input);
            assert.equal(server.match(request), operation);
            assert.deepEqual(server.parseInput(operation, request), input);
          }),
        );
      });

      test(`whatever output a server answers to ${operation.name} arrives at the client as it was`, () => {
        fc.assert(
          fc.property(arbitraryStructure(operation.output), (output) => {
            const response = received(server.renderOutput(operation, output, { requestId }));
            assert.deepEqual(client.parseOutput(operation, response), output);
          }),
        );
      });
    }

    test('a modeled error arrives at the client with its name, message and members', () => {
      const error = { name: 'NoSuchShelf', message: 'No shelf', members: { shelf: 'poetry' } };
      const response = received(server.renderError(error, { requestId }));
      assert.deepEqual(client.parseError(addBook, response), {
        name: 'NoSuchShelf',
        message: 'No shelf',
        modeled: true,
        members: { shelf: 'poetry', Message: 'No shelf' },
        status: 404,
        requestId,
      });
    });

    test('an error outside the model keeps its name, message and status', () => {
      const error = { name: 'Odd', message: 'Why?', status: 418 };
      const { name, message, modeled, status } = client.parseError(
        addBook,
        received(server.renderError(error, { requestId })),
      );
      assert.deepEqual({ name, message, modeled, status }, { ...error, modeled: false });
    });
  });
}
