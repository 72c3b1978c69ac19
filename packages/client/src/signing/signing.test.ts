import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardEndpoints } from '../endpoints/standard.ts';
import { startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { getTemperature, setTemperature, updateFirmware } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { verifyRequest } from '../testing/verify-request.ts';

const optional = { ...setTemperature, auth: ['sigv4', 'anonymous'] as const };
const bearer = { ...setTemperature, auth: ['bearer'] as const };

test('a signed call verifies at the other end', async (t) => {
  const service = await startStubService(t, () => ({}));
  const clock = testClock();
  await thermostatClient(t, service.url, { clock }).call(setTemperature, { room: 'a b/ü', degrees: 3 });
  assert.equal((await verifyRequest(service.received[0], clock.now())).kind, 'verified');
});

test('a call over fetch verifies, too', async (t) => {
  const service = await startStubService(t, () => ({}));
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock, fetch });
  await client.call(setTemperature, { room: 'hall', degrees: 3 });
  assert.equal((await verifyRequest(service.received[0], clock.now())).kind, 'verified');
});

test('temporary credentials send their session token', async (t) => {
  const service = await startStubService(t, () => ({}));
  const given = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'token' };
  await thermostatClient(t, service.url, { credentials: given }).call(setTemperature, { room: 'hall' });
  assert.equal(service.received[0]?.headers['x-amz-security-token'], 'token');
});

test('a credential provider is asked once for many calls', async (t) => {
  const service = await startStubService(t, () => ({}));
  let asked = 0;
  const credentialProvider = async () => {
    asked += 1;
    return { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
  };
  const client = thermostatClient(t, service.url, { credentials: undefined, credentialProvider });
  await Promise.all([1, 2, 3].map(() => client.call(setTemperature, { room: 'hall' })));
  await client.call(setTemperature, { room: 'hall' });
  assert.equal(asked, 1);
});

test('what the model does not sign is sent without credentials', async (t) => {
  const service = await startStubService(t, () => ({}));
  const credentialProvider = () => Promise.reject(new Error('should not be asked'));
  const client = thermostatClient(t, service.url, { credentials: undefined, credentialProvider });
  await client.call(getTemperature, { room: 'hall' });
  assert.equal(service.received[0]?.headers.authorization, undefined);
});

test('an operation with optional authentication is signed when credentials are given', async (t) => {
  const service = await startStubService(t, () => ({}));
  await thermostatClient(t, service.url).call(optional, { room: 'hall' });
  await thermostatClient(t, service.url, { credentials: undefined }).call(optional, { room: 'hall' });
  assert.match(String(service.received[0]?.headers.authorization), /^AWS4/);
  assert.equal(service.received[1]?.headers.authorization, undefined);
});

test('a bearer token is sent where the service takes one', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url, { bearerToken: async () => 'lk_example' });
  await client.call(bearer, { room: 'hall' });
  assert.equal(service.received[0]?.headers.authorization, 'Bearer lk_example');
});

test('a bearer token comes from the variable of the signing name, and wins over a signature', async (t) => {
  process.env['AWS_BEARER_TOKEN_THERMOSTAT'] = 'from the environment';
  t.after(() => delete process.env['AWS_BEARER_TOKEN_THERMOSTAT']);
  const service = await startStubService(t, () => ({}));
  const both = { ...setTemperature, auth: ['sigv4', 'bearer'] as const };
  await thermostatClient(t, service.url).call(both, { room: 'hall' });
  assert.equal(service.received[0]?.headers.authorization, 'Bearer from the environment');
});

test('a call whose signal is aborted does not wait for credentials', async (t) => {
  const controller = new AbortController();
  const credentialProvider = () => {
    queueMicrotask(() => controller.abort('enough'));
    return new Promise<never>(() => {});
  };
  const client = thermostatClient(t, 'http://localhost', { credentials: undefined, credentialProvider });
  const call = client.call(setTemperature, { room: 'hall' }, { signal: controller.signal });
  await assert.rejects(call, { code: 'aborted', cause: 'enough' });
});

test('a service that takes only bearer tokens is not called without one', async (t) => {
  const service = await startStubService(t, () => ({}));
  await assert.rejects(thermostatClient(t, service.url).call(bearer, { room: 'hall' }), {
    code: 'noCredentials',
    message: /give ApiFactory a bearerToken/,
  });
});

test('the endpoint may say for which region and name to sign', async (t) => {
  const service = await startStubService(t, () => ({}));
  const clock = testClock();
  const endpoints = {
    ...standardEndpoints({ prefix: 'thermostat' }),
    resolve: () => ({
      url: new URL(service.url),
      authSchemes: [
        { name: 'sigv4a', signingName: 'other' },
        { name: 'sigv4', signingName: 'heating', signingRegion: 'us-east-1' },
      ],
    }),
  };
  await thermostatClient(t, service.url, { clock }, { endpoints }).call(setTemperature, { room: 'hall' });
  const verified = await verifyRequest(service.received[0], clock.now(), { service: 'heating' });
  assert.deepEqual('scope' in verified && verified.scope, {
    date: '20260101',
    region: 'us-east-1',
    service: 'heating',
  });
});

test('an endpoint that takes only signatures not made here is refused with its name', async (t) => {
  const endpoints = {
    ...standardEndpoints({ prefix: 'thermostat' }),
    resolve: () => ({ url: new URL('https://example.com'), authSchemes: [{ name: 'sigv4a' }] }),
  };
  const client = thermostatClient(t, 'https://example.com', {}, { endpoints });
  await assert.rejects(client.call(setTemperature, { room: 'hall' }), {
    code: 'badConfiguration',
    message: /takes only sigv4a/,
  });
});

test('a body that the model leaves unsigned is streamed, and the rest is signed', async (t) => {
  const service = await startStubService(t, () => ({}));
  const clock = testClock();
  const image = new Blob(['firm', 'ware']).stream();
  await thermostatClient(t, service.url, { clock }).call(updateFirmware, { image });
  const [request] = service.received;
  assert.equal(request?.headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD');
  assert.equal(request?.body.toString(), 'firmware');
  assert.equal((await verifyRequest(request, clock.now())).kind, 'verified');
});

test('a body that streams where it has to be signed is signed whole', async (t) => {
  const service = await startStubService(t, () => ({}));
  const clock = testClock();
  const { unsignedPayload: _, ...signedUpdate } = updateFirmware;
  const image = new Blob(['firmware']).stream();
  await thermostatClient(t, service.url, { clock }).call(signedUpdate, { image });
  assert.equal(service.received[0]?.body.toString(), 'firmware');
  assert.equal((await verifyRequest(service.received[0], clock.now())).kind, 'verified');
});

test('a clock that is wrong is corrected by the date of the refusal, for later calls as well', async (t) => {
  const theirs = testClock('2026-01-01T02:00:00Z');
  const service = await startStubService(t, async (received) => {
    const { kind } = await verifyRequest(received, theirs.now());
    const date = new Date(theirs.now()).toUTCString();
    return kind === 'verified'
      ? {}
      : { status: 403, headers: { date, 'x-amzn-errortype': 'InvalidSignatureException' } };
  });
  const ours = testClock('2026-01-01T00:00:00Z');
  const client = thermostatClient(t, service.url, { clock: ours });
  await client.call(setTemperature, { room: 'hall' });
  await client.call(setTemperature, { room: 'hall' });
  assert.equal(service.received.length, 3);
  assert.deepEqual(ours.sleeps, []);
});

test('a signature that is wrong while the clock is right is not tried again', async (t) => {
  const clock = testClock();
  const date = new Date(clock.now()).toUTCString();
  const headers = { date, 'x-amzn-errortype': 'SignatureDoesNotMatch' };
  const service = await startStubService(t, () => ({ status: 403, headers }));
  const client = thermostatClient(t, service.url, { clock });
  await assert.rejects(client.call(setTemperature, { room: 'hall' }), { name: 'SignatureDoesNotMatch' });
  assert.equal(service.received.length, 1);
});
