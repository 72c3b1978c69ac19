import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { makeSecret } from '../keys/secret-hash.ts';
import type { LatchkeyOptions } from '../testing-kit/mod.ts';
import { pollForToken, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { signedInAs } from './testing/signed-in.ts';

type DeviceSignIn = NonNullable<LatchkeyOptions['settings']>['deviceSignIn'];

async function start(deviceSignIn: DeviceSignIn = {}) {
  const users = [{ userName: 'alice', password: 'correct horse' }];
  const settings = { deviceSignIn, trustedProxies: ['127.0.0.1', '::1'] };
  const latchkey = await startLatchkey({ users, settings });
  const client = await registerClient(latchkey);
  const device = await startDeviceAuthorization(latchkey, client);
  return { latchkey, client, ...device, [Symbol.asyncDispose]: () => latchkey.close() };
}

test('where device sign-in is off, every page about devices says so, and the portal leads to none', async () => {
  await using latchkey = await startLatchkey({ settings: { grants: { deviceCode: false } } });
  const browser = await signedInAs(latchkey, 'alice');
  for (const page of [
    await browser.get('/device'),
    await browser.get('/device?user_code=BCDF-GHJK'),
    await browser.post('/device', { user_code: 'BCDF-GHJK', decision: 'allow' }),
  ]) {
    assert.equal(page.status, 403);
    assert.match(page.text, /Devices are not signed in here.*aws sso login/s);
  }
  assert.doesNotMatch((await browser.get('/')).text, /href="\/device"/);
});

test('whoever may not allow a device is told why, on the page and in answer to its form, and can deny it', async () => {
  for (const [deviceSignIn, reason] of [
    [{ groups: ['Devices'] }, /only some groups of people/],
    [{ networks: ['192.0.2.0/24'] }, /only from certain networks/],
    [{ sameNetwork: true }, /only from the network that it is in itself/],
  ] as const) {
    await using started = await start(deviceSignIn);
    const { latchkey, client, userCode, deviceCode } = started;
    const browser = await signedInAs(latchkey, 'alice');
    const elsewhere = { 'x-forwarded-for': '198.51.100.4' };
    const page = await openDevice(browser, userCode, elsewhere);
    const answer = { ...page.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
    for (const { status, text } of [page, await browser.post('/device', answer, elsewhere)]) {
      assert.equal(status, 403);
      assert.match(text, /<h1>You cannot allow this device<\/h1>/);
      assert.match(text, reason);
      assert.doesNotMatch(text, /value="allow"/);
      assert.ok(!text.replace(/value="[\w.-]{40,}"/g, '').includes(userCode.slice(-4)));
    }
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
    const denied = await browser.post('/device', { ...page.hidden, decision: 'deny' }, elsewhere);
    assert.match(denied.location ?? '', /^\/device\/denied/);
  }
});

test('whoever signed in too long ago signs in again, and comes back to the same request', async () => {
  await using started = await start({ recentSignInSeconds: 300 });
  const { latchkey, client, userCode, deviceCode } = started;
  const browser = await signedInAs(latchkey, 'alice');
  latchkey.clock.advance({ minutes: 6 });
  const page = await openDevice(browser, userCode);
  assert.equal(page.status, 403);
  assert.match(page.text, /Sign in again first.*within the last 5\u00a0minutes/s);
  const { to = '', user_name = '' } = page.hidden;
  assert.equal(user_name, 'alice');
  const form = await browser.get(`/sign-in?${new URLSearchParams({ to, user_name })}`);
  assert.match(form.text, /name="user_name" value="alice"/);
  const signedIn = await browser.post('/sign-in', { ...form.hidden, user_name, password: 'correct horse' });
  const question = await browser.get(signedIn.location ?? '');
  assert.match(question.text, /Does your device show a code that begins like this/);
  const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  assert.match((await browser.post('/device', answer)).location ?? '', /^\/device\/allowed/);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
});

test('a client of the configuration is marked as known, and one that only has its name is not', async () => {
  const { secret, secretHash } = makeSecret();
  const clients = [{ id: 'build-farm', name: 'Build farm', secretHash }];
  await using latchkey = await startLatchkey({ settings: { clients } });
  const known = await startDeviceAuthorization(latchkey, { clientId: 'build-farm', clientSecret: secret });
  const impostor = await registerClient(latchkey, { clientName: 'Build farm' });
  const claimed = await startDeviceAuthorization(latchkey, impostor);
  const browser = await signedInAs(latchkey, 'alice');
  const [first, second] = [
    await openDevice(browser, known.userCode),
    await openDevice(browser, claimed.userCode),
  ];
  assert.match(
    first.text,
    /<bdi>Build farm<\/bdi>\s*<small>A program that whoever runs this service knows\./,
  );
  assert.match(second.text, /<bdi>Build farm<\/bdi>.*Its own words, not checked\./s);
});
