import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryStructure } from '../fixtures/arbitrary-value.ts';
import { addBook, library } from '../fixtures/library.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { restJson1Client } from './client.ts';
import { restJson1Server } from './server.ts';

const client = wholeClient(restJson1Client(library));
const server = restJson1Server(library);
const requestId = 'request-1';

test('whatever input a client sends arrives at the server as it was', () => {
  fc.assert(
    fc.property(arbitraryStructure(addBook.input), (input) => {
      const request = client.renderInput(addBook, input);
      assert.equal(server.match(request), addBook);
      assert.deepEqual(server.parseInput(addBook, request), input);
    }),
  );
});

test('whatever output a server answers arrives at the client as it was', () => {
  fc.assert(
    fc.property(arbitraryStructure(addBook.output), (output) => {
      const response = received(server.renderOutput(addBook, output, { requestId }));
      assert.deepEqual(client.parseOutput(addBook, response), { ...output, status: output['status'] ?? 201 });
    }),
  );
});

test('a modeled error arrives at the client with its name, message and members', () => {
  const members = { shelf: 'poetry' };
  const response = received(
    server.renderError({ name: 'NoSuchShelf', message: 'No shelf', members }, { requestId }),
  );
  assert.deepEqual(client.parseError(addBook, response), {
    name: 'NoSuchShelf',
    message: 'No shelf',
    modeled: true,
    members: { shelf: 'poetry', Message: 'No shelf' },
    status: 404,
    requestId,
  });
});
