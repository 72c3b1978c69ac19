import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { DEVICE_CODE, post } from '../http/testing/api.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { type Client, pollForToken, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

// Each test is one trick against the device authorization grant; docs/security.md has them by threat.

const VICTIM = { 'x-forwarded-for': '198.51.100.4' };
const password = 'correct horse';

let latchkey: Latchkey;
let client: Client;

before(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'bob', 'carol', 'dora', 'eve'].map((userName) => ({ userName, password })),
    settings: { limits: { userCodeFailuresPerUser: 3 }, trustedProxies: ['127.0.0.1', '::1'] },
  });
  client = await registerClient(latchkey);
});
after(() => latchkey.close());

/** What a page, its address included, tells of a user code; without what is random, such as seals and MACs. */
function everythingIn({ text, headers }: PageView): string {
  return `${headers.get('location') ?? ''}\n${text}`.replace(
    /(?<=value="|request=|%3D|done=)[\w.-]{40,}/g,
    '',
  );
}

describe('a device code is phished:', () => {
  for (const [where, attacker] of [
    ['from the victim’s own network', VICTIM],
    ['from another network', { 'x-forwarded-for': '203.0.113.7' }],
    ['over the other IP version', { 'x-forwarded-for': '2001:db8::7' }],
  ] as const) {
    test(`a link sent ${where} allows nothing by clicks, and no page on the way has the letters that allow it`, async () => {
      const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client, attacker);
      const victim = new PlainBrowser(latchkey);
      const opened = await victim.get(`/device?user_code=${userCode}`, VICTIM);
      const signIn = await victim.get(opened.location ?? '', VICTIM);
      const form = { ...signIn.hidden, user_name: 'alice', password };
      const signedIn = await victim.post('/sign-in', form, VICTIM);
      const question = await victim.get(signedIn.location ?? '', VICTIM);
      assert.match(question.text, /Allow this sign-in\?/);
      const clicked = await victim.post('/device', { ...question.hidden, decision: 'allow' }, VICTIM);
      assert.equal(clicked.status, 400);
      for (const page of [opened, signIn, signedIn, question, clicked]) {
        assert.ok(!everythingIn(page).includes(userCode.slice(-4)));
      }
      assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
    });
  }

  test('a device that claims to be in the victim’s network, by headers of its own, is in its own all the same', async () => {
    const claims = { 'x-forwarded-for': '198.51.100.4, 203.0.113.7', 'x-real-ip': '198.51.100.4' };
    const { userCode } = await startDeviceAuthorization(latchkey, client, claims);
    const { text } = await openDevice(await signedInAs(latchkey, 'alice'), userCode, VICTIM);
    assert.match(text, /This was started in another network than yours/);
  });

  test('a name that anyone can register says nothing: it is marked as unchecked, and can’t look like part of the page', async () => {
    const clientName = 'AWS CLI </dd><p>known to your company</p>\u202e';
    const impostor = await registerClient(latchkey, { clientName });
    const { userCode } = await startDeviceAuthorization(latchkey, impostor);
    const { text } = await openDevice(await signedInAs(latchkey, 'alice'), userCode);
    assert.match(text, /Its own words, not checked\./);
    assert.doesNotMatch(text, /<p>known|\u202e|A program that whoever runs this service knows/);
  });

  test('a victim who is signed in since long is asked to sign in again, where the policy wants that', async () => {
    await using strict = await startLatchkey({
      users: [{ userName: 'alice' }],
      settings: { deviceSignIn: { recentSignInSeconds: 300 } },
    });
    const victim = await signedInAs(strict, 'alice');
    strict.clock.advance({ hours: 1 });
    const { userCode } = await startDeviceAuthorization(strict, await registerClient(strict));
    const { text } = await openDevice(victim, userCode);
    assert.match(text, /Sign in again first/);
    assert.doesNotMatch(text, /value="allow"/);
  });
});

describe('a code is guessed:', () => {
  test('wrong user codes are counted, all look alike, and beyond the limit the right one is refused, too', async () => {
    const { userCode } = await startDeviceAuthorization(latchkey, client);
    const guesser = await signedInAs(latchkey, 'bob');
    const answers = [];
    for (const guess of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM']) {
      const { status, text } = await guesser.get(`/device?user_code=${guess}`);
      answers.push({ status, text });
    }
    assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
    assert.equal((await guesser.get(`/device?user_code=${userCode}`)).status, 429);
  });

  test('wrong last letters of a link that was overseen are counted likewise', async () => {
    const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
    const guesser = await signedInAs(latchkey, 'carol');
    const { hidden } = await openDevice(guesser, userCode);
    const ending = userCode.slice(-4);
    const wrong = ['BBBB', 'CCCC', 'DDDD', 'FFFF'].filter((letters) => letters !== ending).slice(0, 3);
    for (const confirmation of [...wrong, ending]) {
      await guesser.post('/device', { ...hidden, decision: 'allow', confirmation });
    }
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  });

  test('who is not signed in learns nothing about any user code', async () => {
    const { userCode } = await startDeviceAuthorization(latchkey, client);
    const stranger = new PlainBrowser(latchkey);
    for (const code of [userCode, 'BCDF-GHJK']) {
      const { status, location } = await stranger.get(`/device?user_code=${code}`);
      assert.equal(status, 303);
      assert.match(location ?? '', /^\/sign-in\?to=%2Fdevice%3Frequest%3D[\w-]{51}$/);
    }
  });

  test('a device code with any other letter is none, whoever shows it', async () => {
    const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
    await latchkey.approve(userCode, 'alice');
    for (let at = 6; at < deviceCode.length; at += 7) {
      const other = deviceCode[at] === 'A' ? 'B' : 'A';
      const guess = deviceCode.slice(0, at) + other + deviceCode.slice(at + 1);
      assert.match(await pollForToken(latchkey, client, guess), /^(invalid_grant|expired_token)$/);
    }
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  });

  test('a device code that was overheard is of no use to another client', async () => {
    const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
    await latchkey.approve(userCode, 'alice');
    assert.equal(await pollForToken(latchkey, await registerClient(latchkey), deviceCode), 'invalid_grant');
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  });
});

describe('a page is used against the person:', () => {
  test('a remembered link opens nothing for whoever finds it: not the code, and not for another person, or after its time', async () => {
    const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
    const browser = await signedInAs(latchkey, 'dora');
    const { location: remembered = '' } = await browser.get(`/device?user_code=${userCode}`);
    const { hidden } = await browser.get(remembered);
    const finder = await signedInAs(latchkey, 'alice');
    const confirmation = userCode.slice(-4);
    const stolen = { ...hidden, decision: 'allow', confirmation };
    assert.equal((await finder.post('/device', stolen)).status, 403, 'its form is not for them');
    assert.ok(!everythingIn(await finder.get(remembered)).includes(confirmation));
    latchkey.clock.advance({ minutes: 10 });
    for (const each of [browser, finder]) assert.equal((await each.get(remembered)).status, 404);
    assert.equal((await browser.post('/device', stolen)).status, 404);
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'expired_token');
  });

  test('no page about a device can be shown in a frame of another site (clickjacking)', async () => {
    const { userCode } = await startDeviceAuthorization(latchkey, client);
    const browser = await signedInAs(latchkey, 'dora');
    const question = await openDevice(browser, userCode);
    const answer = { ...question.hidden, decision: 'allow', confirmation: userCode.slice(-4) };
    const done = await browser.get((await browser.post('/device', answer)).location ?? '');
    for (const { headers } of [question, done, await browser.get('/device')]) {
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
      assert.equal(headers.get('x-frame-options'), 'DENY');
    }
  });

  test('a form on another site allows nothing, though its author knows the whole code (CSRF)', async () => {
    const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
    const victim = await signedInAs(latchkey, 'dora');
    const { hidden } = await openDevice(victim, userCode);
    const known = { user_code: userCode, confirmation: userCode.slice(-4), decision: 'allow' };
    const ofAttacker = await openDevice(await signedInAs(latchkey, 'alice'), userCode);
    for (const [fields, headers] of [
      [known, {}],
      [{ ...ofAttacker.hidden, ...known }, {}],
      [{ ...hidden, ...known }, { 'sec-fetch-site': 'cross-site' }],
      [{ ...hidden, ...known }, { origin: 'https://evil.example' }],
    ] as const) {
      assert.equal((await victim.post('/device', fields, headers)).status, 403);
    }
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  });

  test('a link on another site uses up none of the person’s tries', async () => {
    const victim = await signedInAs(latchkey, 'dora');
    const led = { 'sec-fetch-site': 'cross-site' };
    for (const code of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM', 'BCDF-GHJN']) {
      assert.equal((await victim.get(`/device?user_code=${code}`, led)).status, 200);
    }
    const { userCode } = await startDeviceAuthorization(latchkey, client);
    assert.equal((await openDevice(victim, userCode)).status, 200);
  });
});

describe('time is used against the person:', () => {
  test('polling does not lengthen the waiting: a code ends when it was said to', async () => {
    const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
    const browser = await signedInAs(latchkey, 'dora');
    const { hidden } = await openDevice(browser, userCode);
    for (let minutes = 0; minutes < 10; minutes += 1) {
      assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
      latchkey.clock.advance({ minutes: 1 });
    }
    const answer = { ...hidden, decision: 'allow', confirmation: userCode.slice(-4) };
    assert.equal((await browser.post('/device', answer)).status, 404);
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'expired_token');
  });

  test('polling faster than allowed is slowed down, and makes nobody else wait', async () => {
    const [eager, calm] = [
      await startDeviceAuthorization(latchkey, client),
      await startDeviceAuthorization(latchkey, client),
    ];
    const answers = [];
    for (let polls = 0; polls < 5; polls += 1) {
      answers.push(await pollForToken(latchkey, client, eager.deviceCode));
    }
    assert.equal(answers.at(-1), 'slow_down');
    assert.equal(await pollForToken(latchkey, client, calm.deviceCode), 'authorization_pending');
  });

  test('a form that allowed one device allows no other, and none twice (replay)', async () => {
    const [first, second] = [
      await startDeviceAuthorization(latchkey, client),
      await startDeviceAuthorization(latchkey, client),
    ];
    const browser = await signedInAs(latchkey, 'eve');
    const { hidden } = await openDevice(browser, first.userCode);
    const answer = { ...hidden, decision: 'allow', confirmation: first.userCode.slice(-4) };
    await browser.post('/device', answer);
    assert.match((await browser.post('/device', answer)).text, /You allowed this at/);
    const { request = '' } = (await openDevice(browser, second.userCode)).hidden;
    const replayed = { ...answer, request, confirmation: second.userCode.slice(-4) };
    assert.equal((await browser.post('/device', replayed)).status, 403);
    assert.equal(await pollForToken(latchkey, client, second.deviceCode), 'authorization_pending');
  });

  test('a device code that is redeemed again after its grace ends the session of whoever has it (replay)', async () => {
    const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
    await latchkey.approve(userCode, 'alice');
    const { clientId, clientSecret } = client;
    const grant = { clientId, clientSecret, grantType: DEVICE_CODE, deviceCode };
    const { members } = await post(latchkey, '/token', grant);
    latchkey.clock.advance({ minutes: 2 });
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'invalid_grant');
    const { refreshToken } = members;
    const again = { clientId, clientSecret, grantType: 'refresh_token', refreshToken };
    assert.equal((await post(latchkey, '/token', again)).members['error'], 'invalid_grant');
  });
});
