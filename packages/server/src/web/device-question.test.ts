import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import {
  type Client,
  type DeviceAuthorization,
  pollForToken,
  registerClient,
  startDeviceAuthorization,
} from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const fromDevice = { 'x-forwarded-for': '203.0.113.7' };
const fromBrowser = { 'x-forwarded-for': '198.51.100.4' };

let latchkey: Latchkey;
let client: Client;

before(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'bob', 'carol'].map((userName) => ({ userName, password: 'correct horse' })),
    settings: { limits: { userCodeFailuresPerUser: 3 }, trustedProxies: ['127.0.0.1', '::1'] },
  });
  client = await registerClient(latchkey);
});
after(() => latchkey.close());

/** A device in another network, and its request as a signed-in person sees it who opens the link. */
async function openFromElsewhere(userName = 'alice') {
  const device = await startDeviceAuthorization(latchkey, client, fromDevice);
  const browser = await signedInAs(latchkey, userName);
  const opened = await browser.get(`/device?user_code=${device.userCode}`, fromBrowser);
  assert.equal(opened.status, 303);
  const { location = '' } = opened;
  const page = await browser.get(location, fromBrowser);
  assert.equal(page.status, 200);
  const post = (fields: Readonly<Record<string, string>>, headers = fromBrowser) =>
    browser.post('/device', { ...page.hidden, ...fields }, headers);
  return { ...device, browser, location, page, post, ending: device.userCode.slice(-4) };
}

function otherEnding(userCode: string): string {
  return userCode.endsWith('BBBB') ? 'CCCC' : 'BBBB';
}

/** That nothing a browser gets holds the end of the user code. */
function assertHidden({ userCode }: DeviceAuthorization, { text, headers }: PageView): void {
  const ending = userCode.slice(-4);
  // Sealed text and MACs are random, and four letters may turn up in them.
  const shown = text.replace(/value="[\w.-]{40,}"/g, '').replace(/request(=|%3D)[\w-]{51}/g, '');
  assert.doesNotMatch(shown, new RegExp(`${ending}|${[...ending].join(' ')}`));
  assert.doesNotMatch(text, new RegExp(userCode, 'i'));
  assert.doesNotMatch(headers.get('location') ?? '', new RegExp(`user_code|${userCode}`));
}

test('a request from another network shows the caution first, then Deny, and hides the end of the code everywhere', async () => {
  const { page, userCode, location, ...device } = await openFromElsewhere();
  assert.match(location, /^\/device\?request=[\w-]{51}$/);
  const order = [
    'This was started in another network than yours.',
    'Does your device show a code that begins like this?',
    `<span aria-hidden="true" dir="ltr">${userCode.slice(0, 4)}-····</span>`,
    '<dt>Who asks</dt>',
    '<bdi>203.0.113.7</bdi>',
    'Not where you are now: this browser is at <bdi>198.51.100.4</bdi>',
    'This request ends <time datetime=',
    '<button class="primary" name="decision" value="deny">Deny</button>',
    'To allow it, type the last 4 letters that your device shows',
    'name="confirmation"',
    '<button class="secondary" name="decision" value="allow">Allow</button>',
    'Sign in as someone else',
  ].map((part) => page.text.indexOf(part));
  assert.ok(
    order.every((at, index) => at > (order[index - 1] ?? 0)),
    order.join(' '),
  );
  assertHidden({ userCode, ...device }, page);
});

test('the Enter key in the field presses Allow: Deny is in a form of its own', async () => {
  const { page } = await openFromElsewhere();
  const forms = [...page.text.matchAll(/<form[^>]*action="\/device".*?<\/form>/gs)].map(([form]) => form);
  assert.equal(forms.length, 2);
  assert.match(forms[0] ?? '', /value="deny"/);
  assert.doesNotMatch(forms[0] ?? '', /value="allow"|name="confirmation"/);
  assert.match(forms[1] ?? '', /name="confirmation" required.*value="allow"/s);
  assert.doesNotMatch(forms[1] ?? '', /value="deny"/);
});

test('typing the last four letters allows the device, in any case, width and punctuation', async () => {
  for (const write of [
    (letters: string) => letters,
    (letters: string) => ` ${letters.toLowerCase()}\u200b`,
    (letters: string) =>
      [...letters].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('-'),
  ]) {
    const { post, deviceCode, ending } = await openFromElsewhere();
    const done = await post({ decision: 'allow', confirmation: write(ending) });
    assert.match(done.location ?? '', /^\/device\/allowed\?/);
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  }
});

test('a device is not allowed without its letters, and the page says what is missing', async () => {
  const { post, page, deviceCode, userCode, verificationUriComplete, browser } =
    await openFromElsewhere('bob');
  for (const [typed, status, sentence] of [
    [undefined, 400, /Nothing was allowed\. To allow it, type the last 4 letters/],
    ['', 400, /Nothing was allowed\. To allow it, type the last 4 letters/],
    [userCode.slice(-3), 400, /this has 3\. Check it against your device/],
    ['BCDFG', 400, /this has more/],
    ['12', 400, /“1” is in no code/],
    ['\u0412BCD', 400, /is a letter of another alphabet/],
    [otherEnding(userCode), 403, /Those are not the last 4 letters of the code/],
  ] as const) {
    const fields = { decision: 'allow', ...(typed !== undefined && { confirmation: typed }) };
    const answer = await post(fields);
    assert.equal(answer.status, status, typed);
    assert.match(answer.text, /role="alert"/);
    assert.match(answer.text, sentence);
    assert.ok(answer.text.includes(`value="${typed ?? ''}" autocapitalize`), 'it can be corrected');
    assertHidden({ userCode, deviceCode, verificationUriComplete }, answer);
  }
  const unsealed = { form_token: page.hidden['form_token'] ?? '', user_code: userCode };
  const ordinary = await browser.post('/device', { ...unsealed, decision: 'allow' }, fromBrowser);
  assert.equal(ordinary.status, 400);
  assertHidden({ userCode, deviceCode, verificationUriComplete }, ordinary);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
});

test('wrong letters are guesses: after too many the right ones are refused, and denying still works', async () => {
  const { post, browser, location, ending, userCode, deviceCode } = await openFromElsewhere('carol');
  for (let guess = 0; guess < 3; guess += 1) {
    assert.equal((await post({ decision: 'allow', confirmation: otherEnding(userCode) })).status, 403);
  }
  const limited = await post({ decision: 'allow', confirmation: ending });
  assert.equal(limited.status, 429);
  assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/);
  assert.match(limited.text, /Too many wrong codes.*Wait 15\u00a0minutes/s);
  assert.equal((await browser.get(location, fromBrowser)).status, 429);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  const denied = await browser.post('/device', { ...limited.hidden, decision: 'deny' }, fromBrowser);
  assert.match(denied.location ?? '', /^\/device\/denied\?/);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'access_denied');
});

test('denying a device needs nothing typed', async () => {
  const { post, deviceCode } = await openFromElsewhere();
  assert.match((await post({ decision: 'deny' })).location ?? '', /^\/device\/denied\?/);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'access_denied');
});

test('whoever answered a device is told so when they come back, by link or form', async () => {
  const { post, browser, location, userCode, ending } = await openFromElsewhere();
  await post({ decision: 'allow', confirmation: ending });
  for (const page of [
    await browser.get(location, fromBrowser),
    await browser.get(`/device?user_code=${userCode}`, fromBrowser),
    await post({ decision: 'allow', confirmation: ending }),
    await post({ decision: 'allow' }),
  ]) {
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>You allowed this at \d\d:\d\d\u00a0UTC<\/h1>/);
    assert.doesNotMatch(page.text, /role="alert"/);
  }
});

test('the end of the code is hidden on the way through sign-in, and when someone else signs in', async () => {
  const device = await startDeviceAuthorization(latchkey, client, fromDevice);
  const browser = new PlainBrowser(latchkey);
  const opened = await browser.get(`/device?user_code=${device.userCode}`, fromBrowser);
  assertHidden(device, opened);
  const form = await browser.get(opened.location ?? '', fromBrowser);
  assertHidden(device, form);
  const fields = { ...form.hidden, user_name: 'alice', password: 'correct horse' };
  const signedIn = await browser.post('/sign-in', fields, fromBrowser);
  assertHidden(device, signedIn);
  const question = await browser.get(signedIn.location ?? '', fromBrowser);
  assert.match(question.text, /This was started in another network than yours/);
  assertHidden(device, question);
  const [, other = ''] = /<a href="([^"]+)">Sign in as someone else/.exec(question.text) ?? [];
  assertHidden(device, await browser.get(other, fromBrowser));
});

test('a request from the same network shows whose it is first, then Allow with the field, and hides the end of the code, too', async () => {
  const device = await startDeviceAuthorization(latchkey, client, fromDevice);
  const browser = await signedInAs(latchkey, 'alice');
  const opened = await browser.get(`/device?user_code=${device.userCode}`, fromDevice);
  assertHidden(device, opened);
  const page = await browser.get(opened.location ?? '', fromDevice);
  const order = [
    `<span aria-hidden="true" dir="ltr">${device.userCode.slice(0, 4)}-····</span>`,
    '<dt>Who asks</dt>',
    'The same network as this browser.',
    'Deny unless you started this yourself, just now.',
    'This request ends <time datetime=',
    'To allow it, type the last 4 letters that your device shows',
    'name="confirmation"',
    '<button class="primary" name="decision" value="allow">Allow</button>',
    '<button class="secondary" name="decision" value="deny">Deny</button>',
  ].map((part) => page.text.indexOf(part));
  assert.ok(
    order.every((at, index) => at > (order[index - 1] ?? 0)),
    order.join(' '),
  );
  assertHidden(device, page);
});

test('a link that carries the whole code allows nothing without the letters, wherever the device and the browser are', async () => {
  for (const headers of [fromDevice, fromBrowser]) {
    const device = await startDeviceAuthorization(latchkey, client, fromDevice);
    const browser = await signedInAs(latchkey, 'alice');
    const { hidden } = await openDevice(browser, device.userCode, headers);
    for (const fields of [hidden, { form_token: hidden['form_token'] ?? '', user_code: device.userCode }]) {
      const answer = await browser.post('/device', { ...fields, decision: 'allow' }, headers);
      assert.equal(answer.status, 400);
      assert.match(answer.text, /Nothing was allowed\. To allow it, type the last 4 letters/);
      assertHidden(device, answer);
    }
    assert.equal(await pollForToken(latchkey, client, device.deviceCode), 'authorization_pending');
  }
});

test('a sealed request is nobody’s answer: another session needs a form of its own', async () => {
  const { page, ending, deviceCode } = await openFromElsewhere();
  const other = await signedInAs(latchkey, 'bob');
  const fields = { ...page.hidden, decision: 'allow', confirmation: ending };
  assert.equal((await other.post('/device', fields, fromBrowser)).status, 403);
  const swapped = await openFromElsewhere();
  const mixed = { ...swapped.page.hidden, form_token: page.hidden['form_token'] ?? '' };
  const answer = { ...mixed, decision: 'allow', confirmation: swapped.ending };
  assert.equal((await swapped.browser.post('/device', answer, fromBrowser)).status, 403);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
});

test('one address by IPv4 and one by IPv6 is an unknown network: the ordinary page, that says so', async () => {
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client, fromDevice);
  const browser = await signedInAs(latchkey, 'alice');
  const over6 = { 'x-forwarded-for': '2001:db8::4' };
  const { status, text, hidden } = await openDevice(browser, userCode, over6);
  assert.equal(status, 200);
  assert.match(
    text.replaceAll('<wbr>', ''),
    /It is not known from which network: this browser is at <bdi>2001:db8::4<\/bdi>, and addresses of IPv4 and IPv6/,
  );
  assert.doesNotMatch(text, /Not where you are now|another network|The same network/);
  const answer = { ...hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  await browser.post('/device', answer, over6);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
});

test('behind a proxy that is not trusted the network is unknown, whoever asks', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const device of [{}, fromDevice, { 'x-forwarded-for': '10.0.0.8' }]) {
    const { userCode } = await startDeviceAuthorization(latchkey, client, device);
    const throughTwo = { 'x-forwarded-for': '198.51.100.4, 192.0.2.80' };
    const { text } = await openDevice(browser, userCode, throughTwo);
    assert.match(text, /It is not known from which network: this may be the address of a proxy/);
  }
});

test('a device cannot make itself look harmless by headers that speak of a proxy', async () => {
  for (const headers of [
    { 'x-forwarded-for': '198.51.100.4, 203.0.113.7' },
    { ...fromDevice, via: '1.1 proxy', forwarded: 'for=198.51.100.4', 'x-real-ip': '198.51.100.4' },
  ]) {
    const { userCode } = await startDeviceAuthorization(latchkey, client, headers);
    const browser = await signedInAs(latchkey, 'alice');
    assert.match((await openDevice(browser, userCode, fromBrowser)).text, /started in another network/);
  }
});

test('without trusted proxies, headers of a proxy in the browser’s request make the network unknown', async () => {
  await using direct = await startLatchkey();
  const { userCode } = await startDeviceAuthorization(direct, await registerClient(direct));
  const browser = await signedInAs(direct, 'alice');
  assert.match((await openDevice(browser, userCode)).text, /The same network as this browser/);
  for (const headers of [
    { 'x-forwarded-for': '198.51.100.4' },
    { via: '1.1 proxy' },
    { forwarded: 'for=198.51.100.4' },
  ]) {
    assert.match((await openDevice(browser, userCode, headers)).text, /It is not known from which network/);
  }
});

test('the testing kit answers devices in other networks, too', async () => {
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client, fromDevice);
  await latchkey.approve(userCode, 'alice');
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  const other = await startDeviceAuthorization(latchkey, client, fromDevice);
  await latchkey.deny(other.userCode, 'alice');
  assert.equal(await pollForToken(latchkey, client, other.deviceCode), 'access_denied');
});
