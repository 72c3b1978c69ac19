import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { ServiceError } from '@latchkey/client';
import { ApiFactory } from '@latchkey/client/api-factory';
import { type InternalFactoryOptions, standIns } from '@latchkey/client/core-api-factory';
import type { HttpRequest, Transport } from '@latchkey/client/transport/transport';
import { serviceSchema } from '@latchkey/codegen';
import { createServerProtocol, type WireRequest, type WireResponse } from '@latchkey/wire';
import { arbitraryStructure } from '@latchkey/wire/fixtures/arbitrary-value';
import { received } from '@latchkey/wire/fixtures/messages';
import { visible } from '@latchkey/wire/fixtures/visible';
import fc from 'fast-check';
import { callOperation, importClient } from './protocols/import-client.ts';
import { answered, checkAsync, inputOf, isAmbiguous } from './round-trips/check.ts';
import { readService, services, skip } from './round-trips/models.ts';

// Where their requests go is in the input, and not every text names a place.
const tellingWhere = ['eventbridge', 's3'];

for (const name of services.filter((each) => !tellingWhere.includes(each))) {
  test(
    `whatever is given to the generated client of ${name}, and answered, arrives as it was`,
    { skip },
    () => roundTrips(name),
  );
}

async function roundTrips(name: string): Promise<void> {
  const { model, service } = readService(name);
  const schema = serviceSchema(model, service.id);
  const { protocol } = schema;
  const server = createServerProtocol(schema);
  const factory = new AnsweringFactory();
  const client = new (await importClient(model, service.id))(factory);
  const metadata = { requestId: 'r' };

  for (const operation of Object.values(schema.operations)) {
    const call = (input: object) => callOperation(client, operation.name, input);
    if (!isAmbiguous(schema, operation)) {
      await checkAsync(operation.input, protocol, async (input) => {
        factory.answer = () => server.renderOutput(operation, {}, metadata);
        await call(input);
        return inputOf(server, operation, factory.sent!);
      });
    }
    const [input = {}] = fc
      .sample(arbitraryStructure(operation.input), { numRuns: 1, seed: 1 })
      .map(visible) as object[];
    await checkAsync(answered(operation.output, protocol), protocol, (output) => {
      factory.answer = () => server.renderOutput(operation, output, metadata);
      return call(input);
    });
    for (const { name: errorName } of operation.errors) {
      factory.answer = () => server.renderError({ name: errorName, message: 'No' }, metadata);
      await assert.rejects(call(input), (error) => {
        assert(error instanceof ServiceError && error.constructor !== ServiceError, errorName);
        assert.deepEqual([error.name, error.message], [errorName, 'No']);
        return true;
      });
    }
  }
}

/** Its clients' requests are answered at once. */
class AnsweringFactory extends ApiFactory {
  sent: WireRequest | undefined;
  answer: () => WireResponse = () => ({ status: 500, headers: {}, body: '' });

  constructor() {
    const transport: Transport = {
      send: async (request) => {
        this.sent = wireRequest(request);
        return received(this.answer());
      },
      close() {},
    };
    const options: InternalFactoryOptions = {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      fixedEndpoint: 'http://127.0.0.1',
      maxAttempts: 1,
      [standIns]: { openTransport: async () => transport },
    };
    super(options);
  }
}

function wireRequest({ method, path, headers, body }: HttpRequest): WireRequest {
  assert(body instanceof Uint8Array, 'the body streams');
  const [, plain = '', query = ''] = /^([^?]*)[?]?(.*)$/s.exec(path) ?? [];
  const isCompressed = headers['content-encoding'] === 'gzip';
  return { method, path: plain, query, headers, body: isCompressed ? gunzipSync(body) : body };
}
