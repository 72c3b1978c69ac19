import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, type TestContextOptions } from '../fixtures/test-context.ts';
import { makeSecret } from '../keys/secret-hash.ts';
import type { Origin } from '../origin.ts';
import { authenticateClient } from './client-registration.ts';
import { answerDeviceRequest } from './device-request.ts';
import { askFromDevice, assertRefused, poll, refresh, register, signInAs } from './testing/steps.ts';

const { secret, secretHash } = makeSecret();
const clients = [{ id: 'build-farm', name: 'Build farm', secretHash }];
const groups = [{ name: 'Device people', members: ['alice'] }];

/** A device that asks, and alice, who wants to allow it. */
async function askedAlice(options: TestContextOptions = {}) {
  const context = await createTestContext({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    groups,
    clients,
    ...options,
  });
  const known = options.deviceSignIn?.clients !== undefined;
  const client = known
    ? authenticateClient(context, { clientId: 'build-farm', clientSecret: secret }, origin.address)
    : register(context);
  const device = await askFromDevice(context, client);
  const answer = async (
    decision: 'allow' | 'deny',
    { userName = 'alice', from = origin, session = signInAs(context, userName) } = {},
  ) =>
    answerDeviceRequest(context, {
      ...{ userCode: device.userCode, ending: device.userCode.slice(-4) },
      ...{ decision, session: await session, origin: from },
    });
  return { context, client, ...device, answer };
}

test('a client asks for a device code only while the grant is on, and is told what to do instead', async () => {
  const context = await createTestContext({ deviceCode: false });
  await assertRefused(
    askFromDevice(context, register(context)),
    'unauthorized_client',
    /turned off here: sign in with a browser.*aws sso login without --use-device-code/,
  );
});

test('where clients are named, only one that has the secret of its hash gets a device code', async () => {
  const { context, client, deviceCode, answer } = await askedAlice({
    deviceSignIn: { clients: ['build-farm'] },
  });
  assert.equal((await answer('allow')).kind, 'answered');
  const { accessToken, refreshToken = '' } = await poll(context, client, deviceCode);
  assert.match(accessToken, /^lk_at_/);
  assert.match((await refresh(context, client, refreshToken)).accessToken, /^lk_at_/);
});

test('a client is not known by its name, nor by its id with another secret', async () => {
  const context = await createTestContext({ clients, deviceSignIn: { clients: ['build-farm'] } });
  for (const clientName of ['build-farm', 'Build farm']) {
    const impostor = register(context, { clientName });
    await assertRefused(askFromDevice(context, impostor), 'unauthorized_client', /administrators know/);
  }
  for (const clientSecret of ['', makeSecret().secret, secretHash]) {
    const pair = { clientId: 'build-farm', clientSecret };
    await assertRefused(() => authenticateClient(context, pair, origin.address), 'invalid_client');
  }
});

test('a known client that device sign-in does not name gets no device code', async () => {
  const kiosk = { id: 'kiosk', name: 'Kiosk', secretHash: makeSecret().secretHash };
  const options = { clients: [...clients, kiosk], deviceSignIn: { clients: ['kiosk'] } };
  const context = await createTestContext(options);
  const pair = { clientId: 'build-farm', clientSecret: secret };
  const client = authenticateClient(context, pair, origin.address);
  await assertRefused(askFromDevice(context, client), 'unauthorized_client', /administrators know/);
});

test('a request from before clients were named cannot be allowed, and can be denied', async () => {
  const before = await createTestContext({ users: [{ userName: 'alice' }] });
  const { userCode } = await askFromDevice(before, register(before));
  const { store, keys } = before;
  const context = await createTestContext({
    store,
    keys,
    clients,
    deviceSignIn: { clients: ['build-farm'] },
  });
  const session = await signInAs(context, 'alice');
  const answer = { userCode, ending: userCode, session, origin };
  const allowed = await answerDeviceRequest(context, { ...answer, decision: 'allow' });
  assert.ok(allowed.kind === 'refused');
  assert.equal(allowed.reason, 'client');
  assert.equal((await answerDeviceRequest(context, { ...answer, decision: 'deny' })).kind, 'answered');
});

test('where groups are named, only their members allow a device; the name is compared as names are', async () => {
  for (const name of ['Device people', 'device PEOPLE']) {
    const { answer } = await askedAlice({ deviceSignIn: { groups: ['Others', name] } });
    const refused = await answer('allow', { userName: 'bob' });
    assert.ok(refused.kind === 'refused');
    assert.equal(refused.reason, 'group');
    assert.equal((await answer('allow')).kind, 'answered');
  }
});

test('a group that nobody made lets nobody in', async () => {
  const { answer } = await askedAlice({ deviceSignIn: { groups: ['Devices'] } });
  assert.equal((await answer('allow')).kind, 'refused');
});

test('whoever left the group since the question was asked cannot allow the device any more', async () => {
  const { context, answer } = await askedAlice({ deviceSignIn: { groups: ['Device people'] } });
  await context.replaceDirectory({ users: [{ userName: 'alice' }], groups: [] });
  assert.equal((await answer('allow')).kind, 'refused');
});

test('where networks are named, a device is allowed only from there, and not through a proxy that nobody trusts', async () => {
  const cases: readonly [from: Partial<Origin>, kind: string][] = [
    [{ address: '198.51.100.4' }, 'refused'],
    [{ address: '10.1.2.3', viaUntrustedProxy: true }, 'refused'],
    [{ address: '10.1.2.3' }, 'answered'],
    [{ address: '::ffff:10.1.2.3' }, 'answered'],
    [{ address: '2001:db8::1' }, 'answered'],
  ];
  for (const [from, kind] of cases) {
    const { answer } = await askedAlice({ deviceSignIn: { networks: ['10.0.0.0/8', '2001:db8::/32'] } });
    assert.equal((await answer('allow', { from: { ...origin, ...from } })).kind, kind, from.address);
  }
});

test('where one network is asked for, a device in another or in an unknown one is not allowed', async () => {
  for (const [address, kind] of [
    ['198.51.100.4', 'refused'],
    ['2001:db8::1', 'refused'],
    [origin.address, 'answered'],
  ]) {
    const { answer } = await askedAlice({ deviceSignIn: { sameNetwork: true } });
    assert.equal(
      (await answer('allow', { from: { ...origin, address: address ?? '' } })).kind,
      kind,
      address,
    );
  }
});

test('where a recent sign-in is asked for, an older one allows nothing until the person signs in again', async () => {
  const { context, answer } = await askedAlice({
    deviceSignIn: { recentSignInSeconds: 300 },
    lifetimes: { deviceCodeSeconds: 3600 },
  });
  const session = signInAs(context, 'alice');
  await session;
  context.advance({ minutes: 5, milliseconds: 1 });
  const result = await answer('allow', { session });
  assert.ok(result.kind === 'signInAgain');
  assert.equal(result.recentSignInSeconds, 300);
  assert.equal((await answer('allow')).kind, 'answered');
});

test('a sign-in is recent to the very end of its time', async () => {
  const { context, answer } = await askedAlice({ deviceSignIn: { recentSignInSeconds: 300 } });
  const session = signInAs(context, 'alice');
  await session;
  context.advance({ minutes: 5 });
  assert.equal((await answer('allow', { session })).kind, 'answered');
});

test('whoever may not allow a device may deny it, loses no try, and is recorded with the reason', async () => {
  const { context, userCode, answer } = await askedAlice({
    deviceSignIn: { groups: ['Devices'] },
    limits: { userCodeFailuresPerUser: 1 },
  });
  for (let times = 0; times < 3; times += 1) assert.equal((await answer('allow')).kind, 'refused');
  assert.deepEqual(context.events.at(-1), {
    event: 'deviceRequestRefused',
    userId: (await context.directory.findUserByName('alice'))?.id,
    clientName: 'botocore-client-dev',
    requestedFrom: origin.address,
    reason: 'group',
  });
  assert.ok(!JSON.stringify(context.events).includes(userCode.slice(-4)));
  assert.equal((await answer('deny')).kind, 'answered');
});
