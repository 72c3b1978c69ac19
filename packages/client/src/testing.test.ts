import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ApiFactory } from './api-factory.ts';
import { ClientError } from './client-error.ts';
import { metadataOf } from './metadata.ts';
import type { Middleware } from './middleware.ts';
import { ServiceError } from './service-error.ts';
import {
  getTemperature,
  setTemperature,
  TooColdException,
  thermostat,
  updateFirmware,
} from './testing/thermostat.ts';
import { FakeApiFactory, failure } from './testing.ts';

/** As a generated class. */
class Thermostat {
  static readonly ApiMetadata = thermostat;
  readonly #client;
  constructor(factory: ApiFactory) {
    this.#client = factory.buildServiceClient(thermostat);
  }
  setTemperature(params: { room: string; degrees?: number }): Promise<{ degrees?: number | null }> {
    return this.#client.call(setTemperature, params);
  }
  getTemperature(params: { room: string }): Promise<{ degrees?: number | null }> {
    return this.#client.call(getTemperature, params);
  }
  updateFirmware(
    params: { image?: string } = {},
  ): Promise<{ log?: import('./mod.ts').StreamingOutput | null }> {
    return this.#client.call(updateFirmware, params);
  }
}

suite('a fake ApiFactory', () => {
  test('answers an operation by the name of its method, and tells what it was asked', async () => {
    const fake = new FakeApiFactory().answer(Thermostat, { setTemperature: { degrees: 21 } });
    const output = await new Thermostat(fake).setTemperature({ room: 'hall', degrees: 20 });
    assert.deepEqual(output, { degrees: 21 });
    assert.deepEqual(fake.inputs(Thermostat, 'setTemperature'), [{ room: 'hall', degrees: 20 }]);
    assert.deepEqual(fake.inputs(Thermostat, 'getTemperature'), []);
    const [{ request } = assert.fail()] = fake.attempts;
    assert.deepEqual(
      [request.method, request.path, new TextDecoder().decode(request.body as Uint8Array)],
      ['POST', '/rooms/hall', '{"degrees":20}'],
    );
    assert.equal(metadataOf(output)?.requestId, 'fake-1');
  });

  test('fails the attempts that it is told to fail, and the client tries again without waiting', async () => {
    const unplugged = new ClientError('connectionFailed', 'unplugged');
    const fake = new FakeApiFactory({ maxAttempts: 4 }).answer(Thermostat, {
      setTemperature: [
        failure('ThrottlingException'),
        failure('Broken', { status: 503 }),
        unplugged,
        { degrees: 1 },
      ],
    });
    const thermostat = new Thermostat(fake);
    assert.deepEqual(await thermostat.setTemperature({ room: 'hall' }), { degrees: 1 });
    assert.deepEqual(
      fake.attempts.map(({ attempt }) => attempt),
      [1, 2, 3, 4],
    );
    assert.equal(fake.inputs(Thermostat, 'setTemperature').length, 1);
    assert.deepEqual(await thermostat.setTemperature({ room: 'attic' }), { degrees: 1 });
  });

  test('answers with a modelled error of its class, with its members, message and status', async () => {
    const tooCold = failure(TooColdException, { degrees: -4, message: 'Brr' });
    const fake = new FakeApiFactory().answer(Thermostat, { setTemperature: tooCold });
    const error = await new Thermostat(fake)
      .setTemperature({ room: 'hall' })
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof TooColdException);
    assert.deepEqual([error.degrees, error.message, error.response.status], [-4, 'Brr', 400]);
    class Foreign extends ServiceError {}
    fake.answer(Thermostat, { setTemperature: failure(Foreign) });
    await assert.rejects(new Thermostat(fake).setTemperature({ room: 'hall' }), /Foreign: it is no error of/);
  });

  test('makes an answer from the input, by a function', async () => {
    const fake = new FakeApiFactory().answer(Thermostat, {
      getTemperature: ({ room }, attempt) => (room === 'cold' ? failure('Cold') : { degrees: attempt }),
    });
    const client = new Thermostat(fake);
    assert.deepEqual(await client.getTemperature({ room: 'hall' }), { degrees: 1 });
    await assert.rejects(client.getTemperature({ room: 'cold' }), { name: 'Cold' });
  });

  test('gives bytes and text as the stream that a call gives', async () => {
    const fake = new FakeApiFactory().answer(Thermostat, { updateFirmware: { log: 'updated' } });
    const { log } = await new Thermostat(fake).updateFirmware();
    assert.equal(await log?.text(), 'updated');
  });

  test('refuses an input that does not fit the model, as a service would', async () => {
    const fake = new FakeApiFactory().answer(Thermostat, { setTemperature: {} });
    const call = new Thermostat(fake).setTemperature({ room: 'hall', degrees: 'warm' as never });
    await assert.rejects(call, { code: 'badInput' });
    assert.deepEqual(fake.attempts, []);
  });

  test('names the operation that the test has no answer to, and refuses methods that call none', async () => {
    const fake = new FakeApiFactory();
    await assert.rejects(new Thermostat(fake).getTemperature({ room: 'hall' }), {
      message: /no answer to GetTemperature of Home Thermostat/,
    });
    assert.throws(
      () => fake.answer(Thermostat, { getTemprature: {} } as never),
      /"getTemprature" is no method/,
    );
  });

  test('calls middleware of the program around its answers, and reads no environment', async (t) => {
    process.env['AWS_PROFILE'] = 'profile-that-nobody-has';
    t.after(() => delete process.env['AWS_PROFILE']);
    const seen: unknown[] = [];
    const watching: Middleware = {
      async attempt(attempt, next) {
        const { status } = await next();
        seen.push(attempt.region, status);
        return next();
      },
    };
    const fake = new FakeApiFactory({ use: [watching], region: 'sa-east-1' });
    fake.answer(Thermostat, { setTemperature: {} });
    await new Thermostat(fake).setTemperature({ room: 'hall' });
    assert.deepEqual(seen, ['sa-east-1', 200]);
    assert.ok(fake instanceof ApiFactory);
  });
});
