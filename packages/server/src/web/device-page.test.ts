import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { type Client, pollForToken, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;
let client: Client;

before(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'bob', 'carol', 'dora'].map((userName) => ({ userName })),
    settings: { limits: { userCodeFailuresPerUser: 3 }, trustedProxies: ['127.0.0.1', '::1'] },
  });
  client = await registerClient(latchkey);
});
after(() => latchkey.close());

test('the link a device shows leads to a page with the code, the asker, the address, the time and the scope', async () => {
  const { verificationUriComplete, userCode } = await startDeviceAuthorization(latchkey, client);
  assert.equal(verificationUriComplete, `${latchkey.url}/device?user_code=${userCode}`);
  const { status, text } = await openDevice(await signedInAs(latchkey, 'alice'), userCode);
  assert.equal(status, 200);
  for (const shown of [
    `${userCode.slice(0, 4)}-····`,
    'Does your device show a code that begins like this?',
    'botocore-client-test',
    'AWS CLI 2.36.12 on Linux',
    'Its own words, not checked.',
    'The same network as this browser.',
    '<time datetime=',
    'Use all your roles in Sandbox',
    'Deny unless you started this yourself, just now.',
  ]) {
    assert.ok(text.includes(shown), shown);
  }
});

test('the page says when the request ends, from now on and in UTC', async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const endsAt = new Date(latchkey.clock.now() + 600_000);
  latchkey.clock.advance({ seconds: 50 });
  const { text } = await openDevice(await signedInAs(latchkey, 'alice'), userCode);
  const end = `<time datetime="${endsAt.toISOString()}">in 9\u00a0minutes, at ${endsAt.toISOString().slice(11, 16)}\u00a0UTC</time>`;
  assert.ok(text.includes(`This request ends ${end}.`), text);
});

test('allowing signs the device in', async () => {
  const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await openDevice(browser, userCode);
  const fields = { ...hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  const done = await browser.post('/device', fields);
  assert.equal(done.status, 303);
  assert.match(done.location ?? '', /^\/device\/allowed\?/);
  assert.match((await browser.get(done.location ?? '')).text, /<h1>Allowed<.*You can close this window/s);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
});

test('denying refuses the device', async () => {
  const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await openDevice(browser, userCode);
  const done = await browser.post('/device', { ...hidden, decision: 'deny' });
  assert.match(done.location ?? '', /^\/device\/denied\?/);
  assert.match((await browser.get(done.location ?? '')).text, /<h1>Denied<.*Nobody got in/s);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'access_denied');
});

test('opening the link allows nothing', async () => {
  const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  await openDevice(await signedInAs(latchkey, 'alice'), userCode);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
});

test('a code may be typed in any case, with or without the dash', async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const typed = userCode.toLowerCase().replace('-', ' ');
  const { text } = await openDevice(browser, typed);
  assert.ok(text.includes(`<span aria-hidden="true" dir="ltr">${userCode.slice(0, 4)}-····</span>`));
});

test('a code may be typed with full-width letters, any dash and invisible characters', async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const letters = [...userCode.replace('-', '')];
  const wide = letters.map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
  for (const typed of [
    wide.join(''),
    letters.join('\u200b'),
    `\u202a${userCode.replace('-', '\u2212')}\u202c`,
    `\ufeff${userCode.replace('-', '\u30fc')}\u00a0`,
    letters.join('\u{e0020}'.repeat(10)),
  ]) {
    const { status, text } = await openDevice(browser, typed);
    assert.equal(status, 200, typed);
    assert.ok(text.includes(`<span aria-hidden="true" dir="ltr">${userCode.slice(0, 4)}-····</span>`));
  }
});

test('the field for the code lets through whatever the server takes', async () => {
  const { text } = await (await signedInAs(latchkey, 'alice')).get('/device');
  const [field = ''] = /<input class="code-input"[^>]*>/.exec(text) ?? [];
  assert.match(field, /name="user_code"/);
  assert.doesNotMatch(field, /pattern=|maxlength=|minlength=/);
});

test('what cannot be a code gets a sentence that says why, is kept for correction, and is no wrong code', async () => {
  const browser = await signedInAs(latchkey, 'carol');
  const cases: readonly [typed: string, sentence: RegExp][] = [
    [
      '\u0412CDF-GHJK',
      /“<bdi>\u0412<\/bdi>” is a letter of another alphabet.*these Latin letters: B C D F G H J K L M N P Q R S T V W X Z/,
    ],
    ['BCDF-GHJ\u03a4', /“<bdi>\u03a4<\/bdi>” is a letter of another alphabet/],
    ['BCDF-GHJ\u05d0', /“<bdi>\u05d0<\/bdi>” is a letter of another alphabet/],
    ['BCDF-GHJA', /“A” is in no code\. A code has 8 of these Latin letters/],
    ['BCDF-GHJ7', /“7” is in no code/],
    ['BCDF', /A code has 8 letters, and this has 4/],
    ['BCDF-GHJK-L', /A code has 8 letters, and this has more/],
    ['', /A code has 8 letters, and this has none/],
  ];
  for (const [typed, sentence] of cases) {
    const { status, text } = await openDevice(browser, typed);
    assert.equal(status, 400, typed);
    assert.match(text, sentence);
    assert.ok(text.includes(`name="user_code" value="${typed}"`), 'it can be corrected');
  }
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  assert.equal((await openDevice(browser, userCode)).status, 200);
});

test('an unknown, an expired and an answered code look alike', async () => {
  const browser = await signedInAs(latchkey, 'carol');
  const answered = await startDeviceAuthorization(latchkey, client);
  await latchkey.deny(answered.userCode, 'alice');
  const expired = await startDeviceAuthorization(latchkey, client);
  latchkey.clock.advance({ minutes: 11 });
  const pages = [];
  for (const code of ['BCDF-GHJK', answered.userCode, expired.userCode]) {
    const { status, text } = await openDevice(browser, code);
    pages.push({ status, text });
  }
  assert.equal(pages[0]?.status, 404);
  assert.match(pages[0].text, /No open request has that code/);
  assert.deepEqual(pages[1], pages[0]);
  assert.deepEqual(pages[2], pages[0]);
});

test('coming back to a code that one has answered says when, by Back, reload or a second click, and is no wrong code', async () => {
  for (const [decision, verb, other] of [
    ['allow', 'allowed', 'deny'],
    ['deny', 'denied', 'allow'],
  ] as const) {
    const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
    const path = `/device?user_code=${userCode}`;
    const confirmation = userCode.slice(-4);
    const browser = await signedInAs(latchkey, 'dora');
    const otherTab = await openDevice(browser, userCode);
    const { hidden } = await openDevice(browser, userCode);
    await browser.post('/device', { ...hidden, decision, confirmation });
    const time = new Date(latchkey.clock.now()).toISOString().slice(11, 16);
    latchkey.clock.advance({ minutes: 5 });
    const otherBrowser = await signedInAs(latchkey, 'dora');
    for (let times = 0; times < 2; times += 1) {
      for (const page of [
        await browser.get(path),
        await otherBrowser.get(path),
        await browser.post('/device', { ...hidden, decision }),
        await browser.post('/device', { ...otherTab.hidden, decision }),
      ]) {
        assert.equal(page.status, 200);
        assert.ok(page.text.includes(`<h1>You ${verb} this at ${time}\u00a0UTC</h1>`), page.text);
        assert.doesNotMatch(page.text, /role="alert"/);
      }
    }
    const changed = await browser.post('/device', { ...hidden, decision: other });
    assert.ok(changed.text.includes(`<h1>You ${verb} this at ${time}\u00a0UTC</h1>`));
    assert.match(changed.text, /role="alert">You pressed “(Allow|Deny)” just now, which changed nothing/);
    const granted = await pollForToken(latchkey, client, deviceCode);
    assert.equal(granted, decision === 'allow' ? 'granted' : 'access_denied');
  }
});

test('a link on a stranger’s page looks for no code, shows half of it, and cannot use up tries', async () => {
  const browser = await signedInAs(latchkey, 'bob');
  const fromElsewhere = { 'sec-fetch-site': 'cross-site' };
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  for (const code of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM', userCode]) {
    const page = await openDevice(browser, code, fromElsewhere);
    assert.equal(page.status, 200);
    assert.match(page.text, new RegExp(`begins with <strong>${code.slice(0, 4)}</strong>`));
    assert.doesNotMatch(page.text, new RegExp(code.slice(-4)));
    const again = await browser.get(`/device?request=${page.hidden['request']}`, fromElsewhere);
    assert.match(again.text, /Go on with this code\?/);
  }
  const { hidden } = await openDevice(browser, userCode, fromElsewhere);
  const own = await browser.get(`/device?request=${hidden['request']}`, { 'sec-fetch-site': 'same-origin' });
  assert.match(own.text, /Does your device show a code that begins like this\?/);
});

test('text in a link on a stranger’s page that cannot be a code is filled in, for the person to correct', async () => {
  const browser = await signedInAs(latchkey, 'bob');
  const fromElsewhere = { 'sec-fetch-site': 'cross-site' };
  const { text } = await browser.get('/device?user_code=BCDF-GHJ', fromElsewhere);
  assert.match(text, /name="user_code" value="BCDF-GHJ"/);
});

test('a link to a request that was changed on its way leads to the form for the code, and is no wrong code', async () => {
  const browser = await signedInAs(latchkey, 'carol');
  for (const reference of ['', 'x', 'A'.repeat(51), '%00']) {
    const { status, text } = await browser.get(`/device?request=${reference}`);
    assert.equal(status, 400);
    assert.match(text, /The link to that request is damaged/);
    assert.match(text, /name="user_code" value=""/);
  }
});

test('after too many wrong codes the page says how long to wait, and for the right code too', async () => {
  const browser = await signedInAs(latchkey, 'bob');
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  for (const code of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM']) {
    assert.equal((await openDevice(browser, code)).status, 404);
  }
  const limited = await openDevice(browser, userCode);
  assert.equal(limited.status, 429);
  assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/);
  assert.match(limited.text, /too many wrong codes/);
});

test('an answer without the token of this very page is refused and changes nothing (CSRF)', async () => {
  const mine = await startDeviceAuthorization(latchkey, client);
  const other = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await openDevice(browser, mine.userCode);
  const theirs = await openDevice(await signedInAs(latchkey, 'alice'), mine.userCode);
  const forgeries = [
    { user_code: mine.userCode },
    { ...hidden, form_token: '' },
    { ...hidden, form_token: theirs.hidden['form_token'] ?? '' },
    { ...hidden, request: (await openDevice(browser, other.userCode)).hidden['request'] ?? '' },
    { ...(await browser.get('/sign-out')).hidden, user_code: mine.userCode },
  ];
  for (const fields of forgeries) {
    for (const { userCode } of [mine, other]) {
      const answer = { ...fields, decision: 'allow', confirmation: userCode.slice(-4) };
      assert.equal((await browser.post('/device', answer)).status, 403);
    }
  }
  const crossSite = { 'sec-fetch-site': 'cross-site' };
  const answer = { ...hidden, decision: 'allow', confirmation: mine.userCode.slice(-4) };
  assert.equal((await browser.post('/device', answer, crossSite)).status, 403);
  for (const { deviceCode } of [mine, other]) {
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  }
});

test('an answer that is neither allow nor deny is refused', async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await openDevice(browser, userCode);
  for (const fields of [hidden, { ...hidden, decision: 'yes' }]) {
    assert.equal((await browser.post('/device', fields)).status, 400);
  }
});

test('answering after the session has ended leads through sign-in back to the question', async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const signedOut = new PlainBrowser(latchkey);
  const answer = await signedOut.post('/device', { user_code: userCode, decision: 'allow' });
  assert.match(answer.location ?? '', /^\/sign-in\?to=%2Fdevice%3Frequest%3D[\w-]+$/);
  const signedIn = await signedInAs(latchkey, 'alice');
  const question = await signedIn.get(
    decodeURIComponent(answer.location?.slice('/sign-in?to='.length) ?? ''),
  );
  assert.ok(question.text.includes(`${userCode.slice(0, 4)}-····`));
});

test('what a client says of itself is shown as text, not as markup or disguise', async () => {
  const hostile = await registerClient(latchkey, { clientName: '<img src=x onerror=alert(1)>\u200bgnp.exe' });
  const { userCode } = await startDeviceAuthorization(latchkey, hostile, {
    'user-agent': 'x"><svg onload=alert(1)>',
  });
  const { text } = await openDevice(await signedInAs(latchkey, 'alice'), userCode);
  assert.doesNotMatch(text, /<img|<svg onload|\u200b/);
  assert.match(text, /&lt;img src=x onerror=alert\(1\)&gt;\ufffdgnp\.exe/);
});

test('an address that says its code twice is refused', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  assert.equal((await browser.get('/device?user_code=BCDF-GHJK&user_code=BCDF-GHJL')).status, 400);
});

test('the page that says “Allowed” or “Denied” is shown only in the browser that answered so, and for ten minutes', async () => {
  const browser = await signedInAs(latchkey, 'dora');
  const stranger = new PlainBrowser(latchkey);
  const sameUser = await signedInAs(latchkey, 'dora');
  for (const [decision, path, otherPath] of [
    ['allow', '/device/allowed', '/device/denied'],
    ['deny', '/device/denied', '/device/allowed'],
  ] as const) {
    const { userCode } = await startDeviceAuthorization(latchkey, client);
    const { hidden } = await openDevice(browser, userCode);
    const confirmation = userCode.slice(-4);
    const { location = '' } = await browser.post('/device', { ...hidden, decision, confirmation });
    for (let visits = 0; visits < 2; visits += 1) assert.equal((await browser.get(location)).status, 200);
    const misses: readonly [browser: PlainBrowser, url: string][] = [
      [browser, path],
      [browser, `${path}?done=`],
      [browser, location.replace(/=\w/, '=z')],
      [browser, location.replace(/\.[\w-]{43}$/, `.${'A'.repeat(43)}`)],
      [browser, location.replace(path, otherPath)],
      [sameUser, location],
      [stranger, location],
      [stranger, path],
    ];
    for (const [from, url] of misses) {
      for (const headers of [{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'cross-site' }]) {
        assert.equal((await from.get(url, headers)).location, '/device', url);
      }
    }
    latchkey.clock.advance({ minutes: 10 });
    assert.equal((await browser.get(location)).location, '/device');
  }
});
