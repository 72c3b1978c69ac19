import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryStructure } from '../fixtures/arbitrary-value.ts';
import { archive, locate, replace, store } from '../fixtures/archive.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { visible } from '../fixtures/visible.ts';
import { restXmlClient } from './client.ts';
import { restXmlServer } from './server.ts';

const client = wholeClient(restXmlClient(archive));
const server = restXmlServer(archive);
const requestId = 'request-1';

for (const operation of [store, replace]) {
  test(`whatever input a client sends to ${operation.name} arrives at the server as it was`, () => {
    fc.assert(
      fc.property(arbitraryStructure(operation.input), (value) => {
        const input = visible(value) as object;
        const request = client.renderInput(operation, input);
        assert.equal(server.match(request), operation);
        assert.deepEqual(visible(server.parseInput(operation, request)), input);
      }),
    );
  });

  test(`whatever output a server answers to ${operation.name} arrives at the client as it was`, () => {
    fc.assert(
      fc.property(arbitraryStructure(operation.output), (value) => {
        const output = visible(value) as object;
        // No service leaves out its payload, and a client takes none for somebody else's answer.
        fc.pre(operation !== replace || 'record' in output);
        const response = received(server.renderOutput(operation, output, { requestId }));
        assert.deepEqual(visible(client.parseOutput(operation, response)), output);
      }),
    );
  });
}

test('an answer that is not wrapped arrives at the client as it was', () => {
  for (const output of [{ Place: 'attic' }, {}]) {
    const response = received(server.renderOutput(locate, output, { requestId }));
    assert.deepEqual(client.parseOutput(locate, response), output);
  }
});

for (const noErrorWrapping of [undefined, true] as const) {
  test(`an error arrives with its members${noErrorWrapping ? ', in an answer without wrapping' : ''}`, () => {
    const service = { ...archive, ...(noErrorWrapping && { noErrorWrapping }) };
    const error = { name: 'Misplaced', message: 'Gone <there>', members: { shelf: 'B', nearby: ['C'] } };
    const response = received(restXmlServer(service).renderError(error, { requestId }));
    assert.deepEqual(restXmlClient(service).parseError(store, response), {
      name: 'Misplaced',
      message: 'Gone <there>',
      modeled: true,
      members: { message: 'Gone <there>', shelf: 'B', nearby: ['C'] },
      status: 409,
      requestId,
    });
  });
}
