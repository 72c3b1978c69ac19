import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { freePort } from '../../bench/machine/workspace.ts';
import {
  poll,
  portal,
  post,
  refresh,
  register,
  send,
  startDevice,
} from '../../packages/server/src/http/testing/api.ts';
import { hashPassword } from '../../packages/server/src/people/password.ts';
import { Caller } from '../../packages/server/src/sts/testing/caller.ts';
import type { Latchkey } from '../../packages/server/src/testing-kit/mod.ts';
import { REDIRECT_URI, registerClient } from '../../packages/server/src/web/testing/client.ts';
import { makeCodes, scanKey, typePassword } from '../../packages/server/src/web/testing/factors.ts';
import { openDevice } from '../../packages/server/src/web/testing/open-device.ts';
import { personForm } from '../../packages/server/src/web/testing/people-aside.ts';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { VirtualAuthenticator } from '../browser/virtual-authenticator.ts';
import { follow, launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { startRoundRobin } from './harness/round-robin.ts';
import { START_URL, testStand } from './harness/stand.ts';

const REPLICAS = ['one', 'two', 'three'];
const password = 'correct horse battery';
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
const ROLE = 'Developer';

/** What is behind the load balancer, as the helpers of tests see an instance. Its clock is the machine's. */
type Balanced = Pick<Latchkey, 'url' | 'startUrl'> & { readonly clock: Pick<Latchkey['clock'], 'now'> };

const browserOf = (instance: Balanced) => new PlainBrowser(instance as Latchkey);

async function signIn(instance: Balanced, userName: string, browser = browserOf(instance)) {
  const done = await typePassword(browser, { userName, password });
  assert.deepEqual([done.status, done.location], [303, '/'], done.text);
  return browser;
}

/** Allows a device in a browser that is signed in. @returns the page after the answer */
async function allow(browser: PlainBrowser, userCode: string) {
  const question = await openDevice(browser, userCode);
  const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const answered = await browser.post('/device', answer);
  assert.equal(answered.status, 303, answered.text);
  return browser.get(answered.location ?? '');
}

async function startProgram(instance: Balanced, browser: PlainBrowser) {
  const client = await register(instance);
  const { deviceCode, userCode } = await startDevice(instance, client);
  const waits = await poll(instance, client, deviceCode);
  assert.equal(waits.members['error'], 'authorization_pending', waits.text);
  const allowed = await allow(browser, userCode);
  const { status, members, text } = await poll(instance, client, deviceCode);
  assert.equal(status, 200, text);
  const accessToken = String(members['accessToken']);
  return { client, allowed, accessToken, refreshToken: String(members['refreshToken']) };
}

/** Gets role credentials, and calls STS with them. */
async function callerOf(instance: Balanced, accessToken: string): Promise<Caller> {
  const credentials = `/federation/credentials?account_id=${ACCOUNTS[0]}&role_name=${ROLE}`;
  const { members } = await portal(instance, credentials, accessToken);
  return new Caller(instance as Latchkey, Object(members['roleCredentials']));
}

/** Whether each call with an access token is accepted, as often as there are replicas. */
async function statusesOf(instance: Balanced, accessToken: string) {
  const statuses = new Set<number>();
  for (const _ of REPLICAS)
    statuses.add((await portal(instance, '/assignment/accounts', accessToken)).status);
  return [...statuses];
}

/** Each flow of a person or a program, from its first request to its last. */
const flows: Readonly<Record<string, (instance: Balanced, userName: string) => Promise<void>>> = {
  async 'a device sign-in with a password, its tokens, role credentials, new tokens and sign-out'(
    instance,
    userName,
  ) {
    const browser = await signIn(instance, userName);
    const { client, accessToken, refreshToken } = await startProgram(instance, browser);
    let nextToken: unknown;
    const listed: unknown[] = [];
    do {
      const query = new URLSearchParams({
        max_result: '1',
        ...(nextToken ? { next_token: `${nextToken}` } : {}),
      });
      const { members } = await portal(instance, `/assignment/accounts?${query}`, accessToken);
      listed.push(...(members['accountList'] as { accountId: string }[]).map(({ accountId }) => accountId));
      nextToken = members['nextToken'];
    } while (nextToken);
    assert.deepEqual(listed, ACCOUNTS, 'each page of the list');
    const roles = await portal(instance, `/assignment/roles?account_id=${ACCOUNTS[0]}`, accessToken);
    assert.equal(roles.status, 200, roles.text);
    const caller = await callerOf(instance, accessToken);
    const whoAmI = async () => (await caller.deliver(await caller.sign())).status;
    assert.equal(await whoAmI(), 200);
    let tokens = { accessToken, refreshToken };
    for (let times = 0; times < 4; times += 1) {
      const { status, members: next, text } = await refresh(instance, client, tokens.refreshToken);
      assert.equal(status, 200, text);
      tokens = { accessToken: String(next['accessToken']), refreshToken: String(next['refreshToken']) };
      assert.deepEqual(await statusesOf(instance, tokens.accessToken), [200]);
    }
    assert.equal((await portal(instance, '/logout', tokens.accessToken, 'POST')).status, 200);
    assert.deepEqual(await statusesOf(instance, tokens.accessToken), [401]);
    assert.equal(await whoAmI(), 403);
    const over = await refresh(instance, client, tokens.refreshToken);
    assert.equal(over.members['error'], 'invalid_grant', over.text);
  },

  async 'an authorization code with PKCE, and its code a second time'(instance, userName) {
    const client = await registerClient(instance);
    const verifier = 'v'.repeat(43);
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: client.clientId, redirect_uri: REDIRECT_URI, state: 's' },
      ...{ code_challenge_method: 'S256', scopes: 'sso:account:access' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const browser = browserOf(instance);
    const { location = '' } = await browser.get(`/authorize?${query}`);
    const { hidden } = await browser.get(location);
    const signedIn = await browser.post('/sign-in', { ...hidden, user_name: userName, password });
    const asked = await browser.get(signedIn.location ?? '');
    const done = await browser.post('/consent', { ...asked.hidden, decision: 'allow' });
    const { searchParams } = new URL(done.location ?? '');
    assert.equal(searchParams.get('iss'), instance.url);
    const { clientId, clientSecret } = client;
    const body = {
      ...{ clientId, clientSecret, grantType: 'authorization_code', redirectUri: REDIRECT_URI },
      ...{ code: searchParams.get('code'), codeVerifier: verifier },
    };
    const { status, members, text } = await post(instance, '/token', body);
    assert.equal(status, 200, text);
    assert.deepEqual(await statusesOf(instance, String(members['accessToken'])), [200]);
  },

  async 'an authenticator app: its key, a sign-in with its code, recovery codes, and its removal'(
    instance,
    userName,
  ) {
    const owner = await signIn(instance, userName);
    const page = await owner.get('/me/security/totp');
    const app = scanKey(instance as Latchkey, page.text);
    const added = await owner.post('/me/security/totp', { ...page.hidden, name: 'Phone', code: app.code() });
    assert.equal(added.location, '/me/security', added.text);

    const factorPage = '/sign-in/factor?to=%2F';
    const browser = browserOf(instance);
    assert.equal((await typePassword(browser, { userName, password })).location, factorPage);
    assert.equal((await browser.get('/')).location, '/sign-in?to=%2F', 'the password alone signs nobody in');
    // The code that confirmed the app is not taken again; the next one is taken already.
    const code = app.code(30);
    const { hidden } = await browser.get(factorPage);
    assert.equal((await browser.post('/sign-in/factor', { ...hidden, code })).location, '/');
    const again = browserOf(instance);
    await typePassword(again, { userName, password });
    for (const _ of REPLICAS) {
      const form = await again.get(factorPage);
      assert.equal((await again.post('/sign-in/factor', { ...form.hidden, code })).status, 403, 'taken once');
    }
    const [recovery_code = ''] = await makeCodes(browser);
    const form = await again.get(factorPage);
    assert.equal((await again.post('/sign-in/factor', { ...form.hidden, recovery_code })).location, '/');
    const { text, hidden: removal } = await browser.get('/me/security');
    const [, remove = ''] = /name="remove" value="([^"]+)"/.exec(text) ?? [];
    assert.equal((await browser.post('/me/security', { ...removal, remove })).location, '/me/security');
    await signIn(instance, userName);
  },

  async 'the portal, its configuration file, the list of sessions, the end of one, and sign-out'(
    instance,
    userName,
  ) {
    const browser = await signIn(instance, userName);
    const { accessToken } = await startProgram(instance, browser);
    for (const page of ['/', `/?account=${ACCOUNTS[1]}`, '/aws-config', '/me', '/me/security', '/device'])
      assert.equal((await browser.get(page)).status, 200, page);
    const { text } = await browser.get('/me');
    const form = text.split('<form').find((each) => each.includes('value="program-')) ?? '';
    const [, form_token = ''] = /name="form_token" value="([^"]+)"/.exec(form) ?? [];
    const [, end = ''] = /name="end" value="([^"]+)"/.exec(form) ?? [];
    assert.equal((await browser.post('/me', { form_token, end })).location, '/me');
    assert.deepEqual(await statusesOf(instance, accessToken), [401]);
    const kept = browserOf(instance);
    for (const cookie of browser.cookie.split('; ')) kept.setCookie(cookie);
    const { hidden } = await browser.get('/sign-out');
    assert.equal((await browser.post('/sign-out', hidden)).location, '/sign-out');
    for (const _ of REPLICAS) assert.match(String((await kept.get('/')).location), /^\/sign-in/);
  },

  async 'what a person takes back after they allowed it'(instance, userName) {
    const browser = await signIn(instance, userName);
    const { allowed, accessToken } = await startProgram(instance, browser);
    const { form_token = '', authorization = '' } = allowed.hidden;
    const pressed = await browser.post('/take-back', { form_token, authorization });
    assert.match(String(pressed.location), /^\/taken-back\?done=/);
    assert.match((await browser.get(pressed.location ?? '')).text, /<h1>Ended<\/h1>/);
    assert.deepEqual(await statusesOf(instance, accessToken), [401]);
  },

  async 'two people in one browser, who go on in turns'(instance, userName) {
    const browser = await signIn(instance, userName);
    await signIn(instance, 'other', browser);
    for (const name of [userName, 'other', userName]) {
      const chooser = await browser.get('/sign-in?to=%2Fdevice');
      const fields = { ...personForm(chooser, name), action: 'go-on' };
      assert.equal((await browser.post('/people', fields)).location, '/device');
      const { text } = await browser.get('/sign-out');
      assert.match(text, new RegExp(`<bdi class="viewer-name">${name}</bdi>`));
    }
  },

  async 'wrong passwords, which all replicas count together'(instance) {
    const wrong = async () =>
      (await typePassword(browserOf(instance), { userName: 'nobody', password: 'wrong' })).status;
    const statuses: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) statuses.push(await wrong());
    assert.deepEqual(statuses, [403, 403, 403, 429, 429]);
  },

  async 'a typed client and its runtime, with the same entity tag everywhere'(instance) {
    for (const page of ['/v0.4/services/sts.ts', '/v0.4/client/mod.ts']) {
      const tags = new Set<string | null>();
      for (const _ of REPLICAS) tags.add((await send(instance, page)).headers.get('etag'));
      const [tag = ''] = tags;
      assert.equal(tags.size, 1, page);
      assert.equal((await send(instance, page, { headers: { 'if-none-match': tag ?? '' } })).status, 304);
    }
  },
};

testStand(
  'each request of a flow may land on another of three servers on one PostgreSQL',
  async (stand, folder) => {
    await using balancer = await startRoundRobin();
    const passwordHash = await hashPassword(password);
    const userNames = [...Object.keys(flows).map((_, index) => `user${index}`), 'passkey', 'other'];
    const config = {
      ...{ baseUrl: balancer.url, trustedProxies: ['127.0.0.1', '::1'], shutdown: { drain: '0s' } },
      limits: { passwordFailuresPerUser: 3 },
      instance: { startUrls: [START_URL] },
      users: userNames.map((userName) => ({ userName, passwordHash })),
      accounts: ACCOUNTS.map((id) => ({ id, name: `Account ${id}` })),
      permissionSets: [{ name: ROLE }],
      assignments: [{ users: userNames, accounts: ACCOUNTS, permissionSets: [ROLE] }],
    };
    writeFileSync(path.join(folder, 'latchkey.yaml'), JSON.stringify(config));
    await stand.init();
    const ports = await Promise.all(REPLICAS.map(() => freePort()));
    const servers = await Promise.all(
      REPLICAS.map((name, index) => stand.serve(name, {}, { port: ports[index]! })),
    );
    const instance: Balanced = { url: balancer.url, startUrl: START_URL, clock: Date };
    for (const [index, [name, flow]] of Object.entries(flows).entries()) {
      await test(name, async () => {
        balancer.sendTo(ports);
        await flow(instance, `user${index}`);
        assert.ok(Math.min(...balancer.counts) > 0, `requests went to all: ${balancer.counts}`);
      });
    }
    await test('a passkey and nothing else: a sign-in, a device, and “That wasn’t me”, which ends its role credentials', {
      skip: skipWithoutBrowser,
    }, async () => {
      balancer.sendTo(ports);
      await using chromium = await launchBrowser();
      const page = await chromium.newPage();
      await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
      await VirtualAuthenticator.plugIn(page);
      const signedIn = await signIn(instance, 'passkey');
      const cookies = signedIn.cookie.split('; ').map((each) => each.split('='));
      await page
        .context()
        .addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: balancer.url })));
      await page.goto(`${balancer.url}/me/security/passkey`);
      await page.getByLabel('Name').fill('Laptop');
      await follow(page, page.getByRole('button', { name: 'Create the passkey' }));
      await page.context().clearCookies();
      await page.goto(`${balancer.url}/sign-in`);
      await page.getByRole('button', { name: 'Use a passkey instead' }).click();
      await page.getByRole('heading', { name: 'Your accounts' }).waitFor();

      const client = await register(instance);
      const { deviceCode, userCode } = await startDevice(instance, client);
      await page.goto(`${balancer.url}/device?user_code=${userCode}`);
      await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
      await follow(page, page.getByRole('button', { name: 'Allow' }));
      const { members: tokens } = await poll(instance, client, deviceCode);
      const caller = await callerOf(instance, String(tokens['accessToken']));
      for (const _ of REPLICAS) assert.equal((await caller.deliver(await caller.sign())).status, 200);
      await follow(page, page.getByRole('button', { name: 'That wasn’t me' }));
      for (const _ of REPLICAS) assert.equal((await caller.deliver(await caller.sign())).status, 403);
      assert.ok(Math.min(...balancer.counts) > 0, `requests went to all: ${balancer.counts}`);
    });
    await Promise.all(servers.map((server) => server.stop()));
    stand.assertNoSecret();
  },
);
