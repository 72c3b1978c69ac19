import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { awsQueryClient } from '../aws-query/client.ts';
import { awsQueryServer } from '../aws-query/server.ts';
import { ec2QueryClient } from '../ec2-query/client.ts';
import { ec2QueryServer } from '../ec2-query/server.ts';
import { arbitraryStructure } from '../fixtures/arbitrary-value.ts';
import { archive, store } from '../fixtures/archive.ts';
import { received, wholeClient } from '../fixtures/messages.ts';
import { visible } from '../fixtures/visible.ts';

const requestId = 'request-1';
const protocols = [
  { name: 'awsQuery', client: awsQueryClient(archive), server: awsQueryServer(archive) },
  { name: 'ec2Query', client: ec2QueryClient(archive), server: ec2QueryServer(archive) },
];

for (const { name, client: streamingClient, server } of protocols) {
  describe(name, () => {
    const client = wholeClient(streamingClient);

    test('whatever input a client sends arrives at the server as it was', () => {
      fc.assert(
        fc.property(arbitraryStructure(store.input), (value) => {
          const input = visible(value) as object;
          const request = client.renderInput(store, input);
          assert.equal(server.match(request), store);
          assert.deepEqual(visible(server.parseInput(store, request)), input);
        }),
      );
    });

    test('whatever output a server answers arrives at the client as it was', () => {
      fc.assert(
        fc.property(arbitraryStructure(store.output), (value) => {
          const output = visible(value) as object;
          const response = received(server.renderOutput(store, output, { requestId }));
          assert.deepEqual(visible(client.parseOutput(store, response)), output);
        }),
      );
    });

    test('an error arrives at the client with its name, message and members', () => {
      const error = { name: 'Misplaced', message: 'Gone', members: { shelf: 'B', nearby: ['C', 'D'] } };
      const response = received(server.renderError(error, { requestId }));
      assert.deepEqual(client.parseError(store, response), {
        name: 'Misplaced',
        message: 'Gone',
        modeled: true,
        members: { message: 'Gone', shelf: 'B', nearby: ['C', 'D'] },
        status: 409,
        requestId,
      });
    });
  });
}
