import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { DEVICE_CODE, portal, post } from '../http/testing/api.ts';
import { Caller, type Keys } from '../sts/testing/caller.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { authorizePath, type Client, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;
let client: Client;

before(async () => {
  latchkey = await startLatchkey({ users: [{ userName: 'alice' }, { userName: 'bob' }] });
  client = await registerClient(latchkey);
});
after(() => latchkey.close());

/** Alice allows a device in her browser. */
async function allowDevice() {
  const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const question = await openDevice(browser, userCode);
  const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const { location = '' } = await browser.post('/device', answer);
  return { deviceCode, userCode, browser, done: await browser.get(location) };
}

function requestToken(grant: object) {
  const { clientId, clientSecret } = client;
  return post(latchkey, '/token', { clientId, clientSecret, ...grant });
}

async function press(browser: PlainBrowser, page: PageView): Promise<PageView> {
  assert.match(page.text, /<button class="secondary">That wasn’t me<\/button>/);
  const { form_token = '', authorization = '' } = page.hidden;
  return browser.post('/take-back', { form_token, authorization });
}

test('“That wasn’t me” ends a device at once: its tokens, and the role credentials that it has', async () => {
  const { deviceCode, browser, done } = await allowDevice();
  const { members: tokens } = await requestToken({ grantType: DEVICE_CODE, deviceCode });
  const accessToken = String(tokens['accessToken']);
  const path = '/federation/credentials?account_id=111122223333&role_name=Developer';
  const credentials = await portal(latchkey, path, accessToken);
  const caller = new Caller(latchkey, Object(credentials.members['roleCredentials']) as Keys);
  const whoAmI = async () => caller.deliver(await caller.sign());
  assert.equal((await whoAmI()).status, 200);

  const pressed = await press(browser, done);
  assert.match(pressed.location ?? '', /^\/taken-back\?done=/);
  assert.match(
    (await browser.get(pressed.location ?? '')).text,
    /<h1>Ended<\/h1>.*role credentials included/s,
  );

  assert.equal((await whoAmI()).status, 403);
  assert.equal((await portal(latchkey, '/assignment/accounts', accessToken)).status, 401);
  const { refreshToken } = tokens;
  assert.equal((await requestToken({ grantType: 'refresh_token', refreshToken })).status, 400);
  assert.equal((await browser.get('/')).status, 200, 'the browser stays signed in');
});

test('“That wasn’t me” comes before the device has its tokens, too: then it gets none', async () => {
  const { deviceCode, browser, done } = await allowDevice();
  await press(browser, done);
  const { status, members } = await requestToken({ grantType: DEVICE_CODE, deviceCode });
  assert.deepEqual([status, members['error']], [400, 'invalid_grant']);
});

test('“That wasn’t me” is there again for whoever comes back to the link of the device, and pressing it twice is no error', async () => {
  const { deviceCode, userCode, browser } = await allowDevice();
  const other = await signedInAs(latchkey, 'alice');
  const page = await other.get(`/device?user_code=${userCode}`);
  for (let times = 0; times < 2; times += 1) {
    assert.match((await press(other, page)).location ?? '', /^\/taken-back/);
  }
  assert.equal((await requestToken({ grantType: DEVICE_CODE, deviceCode })).status, 400);
  assert.match((await browser.get(`/device?user_code=${userCode}`)).text, /You allowed this at/);
});

test('“That wasn’t me” ends a program, for whoever comes back to its question', async () => {
  const path = authorizePath(client);
  const browser = await signedInAs(latchkey, 'alice');
  await browser.post('/consent', { ...(await browser.get(path)).hidden, decision: 'allow' });
  const pressed = await press(browser, await browser.get(path));
  assert.match(pressed.location ?? '', /^\/taken-back/);
});

test('what was denied has nothing to be ended', async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await openDevice(browser, userCode);
  const { location = '' } = await browser.post('/device', { ...hidden, decision: 'deny' });
  for (const page of [await browser.get(location), await browser.get(`/device?user_code=${userCode}`)]) {
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /That wasn’t me/);
  }
});

test('nobody ends what another person allowed, nor by a form of another site', async () => {
  const { deviceCode, done, browser } = await allowDevice();
  const { form_token = '', authorization = '' } = done.hidden;
  const bob = await signedInAs(latchkey, 'bob');
  const ofBob = (await bob.get('/sign-out')).hidden['form_token'] ?? '';
  for (const attempt of [
    bob.post('/take-back', { form_token, authorization }),
    bob.post('/take-back', { form_token: ofBob, authorization }),
    browser.post('/take-back', { form_token, authorization: String(Number(authorization) - 1) }),
    browser.post('/take-back', { authorization }),
    browser.post('/take-back', { form_token, authorization }, { 'sec-fetch-site': 'cross-site' }),
  ]) {
    assert.equal((await attempt).status, 403);
  }
  const signedOut = await new PlainBrowser(latchkey).post('/take-back', { form_token, authorization });
  assert.equal(signedOut.location, '/sign-in?to=%2F');
  assert.equal((await requestToken({ grantType: DEVICE_CODE, deviceCode })).status, 200);
});
