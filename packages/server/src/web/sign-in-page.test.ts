import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { parseReturnTo } from './return-to.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;
const alice = { user_name: 'alice', password: 'correct horse' };

before(async () => {
  latchkey = await startLatchkey({
    users: [{ userName: 'alice', displayName: 'Alice', password: alice.password }, { userName: 'bob' }],
    settings: { limits: { passwordFailuresPerUser: 3 } },
  });
});
after(() => latchkey.close());

test('signing in leads to where the person was going, by GET (RFC 9700 section 4.12)', async () => {
  const browser = new PlainBrowser(latchkey);
  const first = await browser.get('/device?user_code=WDJB-MJHT');
  assert.equal(first.status, 303);
  const { location = '' } = first;
  assert.match(location, /^\/sign-in\?to=%2Fdevice%3Frequest%3D[\w-]+$/);
  const form = await browser.get(location);
  const done = await browser.post('/sign-in', { ...form.hidden, ...alice });
  assert.equal(done.status, 303);
  assert.equal(done.location, decodeURIComponent(location.slice('/sign-in?to='.length)));
});

test('the session cookie is out of reach of scripts and other sites, and ends with the session', async () => {
  const browser = new PlainBrowser(latchkey);
  const form = await browser.get('/sign-in');
  const done = await browser.post('/sign-in', { ...form.hidden, ...alice });
  const [session = '', device = '', ...others] = done.headers.getSetCookie();
  assert.match(session, /^latchkey_session_[\w-]+=[^;]+; Max-Age=\d{5}; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.match(device, /^latchkey_device_/);
  assert.deepEqual(others, []);
});

test('signing in starts a new session, whatever session the browser brought along', async () => {
  const browser = await signedInAs(latchkey, 'bob');
  const planted = browser.cookie;
  const form = await browser.get('/sign-in');
  await browser.post('/sign-in', { ...form.hidden, ...alice });
  assert.doesNotMatch(browser.cookie, new RegExp(planted));
  assert.match((await browser.get('/')).text, /Alice/);
});

test('a wrong password, an unknown user and a user without password look alike', async () => {
  const answers = [];
  for (const userName of ['alice', 'nobody', 'bob']) {
    const browser = new PlainBrowser(latchkey);
    const { hidden } = await browser.get('/sign-in');
    const { status, text } = await browser.post('/sign-in', {
      ...hidden,
      user_name: userName,
      password: 'wrong',
    });
    const random = /(?<=challenge&quot;:&quot;)[\w-]+/g;
    const told = text.replaceAll(hidden['form_token'] ?? '', '').replaceAll(random, 'RANDOM');
    answers.push({ status, text: told.replaceAll(userName, 'USER') });
    assert.match(text, new RegExp(`value="${userName}"`), 'the user name is kept');
    assert.match(text, /role="alert"/);
  }
  assert.equal(answers[0]?.status, 403);
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
});

test('the field for the password is masked, and password managers may fill it in and paste into it', async () => {
  const { text } = await new PlainBrowser(latchkey).get('/sign-in');
  const [field = ''] = /<input [^>]*name="password"[^>]*>/.exec(text) ?? [];
  assert.match(field, / type="password".* autocomplete="current-password"/);
  assert.doesNotMatch(field, /onpaste|readonly|maxlength/);
});

test('a password is never sent back', async () => {
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get('/sign-in');
  const answer = await browser.post('/sign-in', { ...hidden, user_name: 'eve', password: 'sesame-seed' });
  assert.doesNotMatch(answer.text, /sesame-seed/);
});

test('after too many wrong passwords the page says how long to wait', async () => {
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get('/sign-in');
  const guess = () => browser.post('/sign-in', { ...hidden, user_name: 'mallory', password: 'guess' });
  for (let tries = 0; tries < 3; tries += 1) assert.equal((await guess()).status, 403);
  const limited = await guess();
  assert.equal(limited.status, 429);
  assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/);
  assert.match(limited.text, /Wait \d+\u00a0minutes, then try again/);
});

test('a sign-in form that another site made is refused (login CSRF)', async () => {
  const attacker = await new PlainBrowser(latchkey).get('/sign-in');
  const victim = new PlainBrowser(latchkey);
  await victim.get('/sign-in');
  const withForeignToken = await victim.post('/sign-in', { ...attacker.hidden, ...alice });
  assert.equal(withForeignToken.status, 403);
  const withoutCookie = await new PlainBrowser(latchkey).post('/sign-in', {
    ...attacker.hidden,
    ...alice,
  });
  assert.equal(withoutCookie.status, 403);
  assert.doesNotMatch(victim.cookie, /session/);
});

test('a form sent from another site is refused even with the right token', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ]) {
    const browser = new PlainBrowser(latchkey);
    const { hidden } = await browser.get('/sign-in');
    assert.equal((await browser.post('/sign-in', { ...hidden, ...alice }, headers)).status, 403);
  }
});

test('a form sent from our own page is taken, though its Origin is null because pages send no referrer', async () => {
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'null' }, { origin: latchkey.url }]) {
    const browser = new PlainBrowser(latchkey);
    const { hidden } = await browser.get('/sign-in');
    assert.equal((await browser.post('/sign-in', { ...hidden, ...alice }, headers)).status, 303);
  }
});

const TABS = ['/device?user_code=WDJB-MJHT', '/start', '/device?user_code=BCDF-GHJK'];
const signInPath = (to: string) => `/sign-in?to=${encodeURIComponent(to)}`;

test('sign-in forms of several tabs each lead on to their own page, whichever is sent first', async () => {
  const browser = new PlainBrowser(latchkey);
  const forms = [];
  for (const to of TABS) forms.push(await browser.get(signInPath(to)));
  for (const [index, form] of [...forms.entries()].reverse()) {
    const done = await browser.post('/sign-in', { ...form.hidden, ...alice });
    assert.equal(done.location, TABS[index]);
  }
});

test('tabs that ask for their sign-in forms at the same time, as when a browser starts again, do not push each other out', async () => {
  const browser = new PlainBrowser(latchkey);
  const forms = await Promise.all(TABS.map((to) => browser.get(signInPath(to))));
  for (const [index, form] of forms.entries()) {
    const done = await browser.post('/sign-in', { ...form.hidden, ...alice });
    assert.equal(done.location, TABS[index]);
  }
});

test('a sign-in form is taken after others have signed in and out, and other forms were asked for, in the same browser', async () => {
  const browser = new PlainBrowser(latchkey);
  const first = await browser.get(signInPath('/device'));
  await browser.post('/sign-in', { ...(await browser.get('/sign-in')).hidden, ...alice });
  await browser.post('/sign-out', (await browser.get('/')).hidden);
  latchkey.clock.advance({ hours: 11 });
  await browser.get('/sign-in');
  const done = await browser.post('/sign-in', { ...first.hidden, ...alice });
  assert.equal(done.location, '/device');
});

test('a sign-in form older than 12 hours is refused with a page that keeps the destination and the user name', async () => {
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get(signInPath('/device'));
  latchkey.clock.advance({ hours: 12, minutes: 1 });
  const again = await browser.post('/sign-in', { ...hidden, ...alice });
  assert.equal(again.status, 403);
  assert.match(again.text, /open for more than 12\u00a0hours.*Please sign in again/);
  assert.equal(again.hidden['to'], '/device');
  assert.match(again.text, /name="user_name" value="alice"/);
  assert.equal((await browser.post('/sign-in', { ...again.hidden, ...alice })).location, '/device');
});

test('a sign-in form that was open for a weekend is said to be too old, and after a week to be of no known browser', async () => {
  const sendAfter = async (days: number) => {
    const browser = new PlainBrowser(latchkey);
    const { hidden } = await browser.get('/sign-in');
    latchkey.clock.advance({ days });
    return browser.post('/sign-in', { ...hidden, ...alice });
  };
  assert.match((await sendAfter(6.9)).text, /open for more than 12\u00a0hours/);
  assert.match((await sendAfter(7)).text, /its cookies are gone/);
});

test('a sign-in form that another site sent is refused without a cookie, and leads to one of our own with what was typed', async () => {
  const { hidden } = await new PlainBrowser(latchkey).get(signInPath('/device'));
  const victim = new PlainBrowser(latchkey);
  const refused = await victim.post('/sign-in', { ...hidden, ...alice }, { 'sec-fetch-site': 'cross-site' });
  assert.equal(refused.status, 403);
  assert.deepEqual(refused.headers.getSetCookie(), []);
  assert.match(refused.text, /Another site sent that form/);
  assert.match(refused.text, /<form [^>]*method="get" action="\/sign-in">/);
  assert.doesNotMatch(refused.text, /type="password"/);
  assert.equal(refused.hidden['to'], '/device');
  const form = await victim.get('/sign-in?to=%2Fdevice&user_name=alice');
  assert.match(form.text, /name="user_name" value="alice"/);
  assert.equal((await victim.post('/sign-in', { ...form.hidden, ...alice })).location, '/device');
});

test('a refused sign-in form sets a cookie only where the browser says that it came from our own page', async () => {
  const { hidden } = await new PlainBrowser(latchkey).get(signInPath('/device'));
  for (const [headers, setsCookie] of [
    [{}, false],
    [{ origin: 'null' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: latchkey.url }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ origin: latchkey.url }, true],
  ] as const) {
    const browser = new PlainBrowser(latchkey);
    const refused = await browser.post('/sign-in', { ...hidden, ...alice }, headers);
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.getSetCookie().length, setsCookie ? 1 : 0, JSON.stringify(headers));
    assert.match(refused.text, new RegExp(`<form [^>]*method="${setsCookie ? 'post' : 'get'}"`));
    const form = setsCookie ? refused : await browser.get('/sign-in?to=%2Fdevice&user_name=alice');
    assert.equal((await browser.post('/sign-in', { ...form.hidden, ...alice })).location, '/device');
  }
});

test('a refused form of any page sets and clears no cookie where the browser does not say whose page sent it', async () => {
  for (const path of ['/sign-in', '/sign-out', '/device', '/consent']) {
    for (const headers of [{}, { origin: 'null' }]) {
      for (const browser of [new PlainBrowser(latchkey), await signedInAs(latchkey, 'bob')]) {
        const refused = await browser.post(path, { form_token: 'forged', decision: 'allow' }, headers);
        assert.deepEqual(refused.headers.getSetCookie(), [], path);
      }
    }
  }
});

test('a browser keeps at most 16 form cookies and forgets those set first', async () => {
  const browser = new PlainBrowser(latchkey);
  const forms = await Promise.all(Array.from({ length: 20 }, () => browser.get(signInPath('/device'))));
  const countCookies = () => browser.cookie.split('; ').length;
  assert.equal(countCookies(), 20);
  const last = await browser.get('/sign-in');
  assert.equal(countCookies(), 16);
  assert.equal((await browser.post('/sign-in', { ...last.hidden, ...alice })).status, 303);
  const statuses = [];
  for (const { hidden } of forms)
    statuses.push((await browser.post('/sign-in', { ...hidden, ...alice })).status);
  assert.equal(statuses.filter((status) => status === 303).length, 16);
});

test('no link to the sign-in page leads away from here', async () => {
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/sign-out']) {
    const browser = new PlainBrowser(latchkey);
    const { hidden } = await browser.get(`/sign-in?to=${encodeURIComponent(to)}`);
    assert.equal(hidden['to'], '/');
    const done = await browser.post('/sign-in', { ...hidden, to, ...alice });
    assert.equal(done.location, '/');
  }
});

test('what a person typed is escaped where it is shown again', async () => {
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get('/sign-in');
  const { text } = await browser.post('/sign-in', {
    ...hidden,
    user_name: '"><script>alert(1)</script>',
    password: 'x',
  });
  assert.doesNotMatch(text, /<script>|<script(?! src="\/assets\/passkeys\.js)/);
  assert.match(text, /&quot;&gt;&lt;script&gt;/);
});

test('an empty form is sent back with what is missing', async () => {
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get('/sign-in');
  const answer = await browser.post('/sign-in', { ...hidden, user_name: 'alice', password: '' });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /Enter your user name and your password/);
});

test('someone who is signed in already may go on or sign in as someone else', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { text } = await browser.get('/sign-in?to=%2Fdevice%3Fuser_code%3DWDJB-MJHT');
  assert.match(text, /You are signed in as/);
  assert.match(text, /<a href="\/device\?user_code=WDJB-MJHT">Go on as/);
});

test('signing in leads back to each of our own pages, with its query as it came', () => {
  for (const target of [
    '/',
    '/start',
    '/device',
    '/device?user_code=WDJB-MJHT',
    '/me',
    '/me?program=129171456001240',
    '/authorize?redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Foauth%2Fcallback&scopes=sso:account:access',
  ]) {
    assert.equal(parseReturnTo(target), target);
  }
});

test('signing in never leads to another site, whatever the link says', () => {
  for (const target of [
    undefined,
    '',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example/device',
    '/\\evil.example',
    '\\\\evil.example',
    '/device\\@evil.example',
    '/device/../../evil',
    '/deviceevil',
    '/meevil',
    '/me//evil.example',
    '/device?user_code=A\r\nLocation: https://evil.example',
    '/device?\u2028',
    ' /device',
    '/\tdevice',
    '/device#user_code=A',
    '/sign-out',
    '/%2f/evil.example',
    'javascript:alert(1)',
    `/device?${'a'.repeat(9000)}`,
  ]) {
    assert.equal(parseReturnTo(target), '/', JSON.stringify(target));
  }
});

test('what signing in leads to resolves to our own origin and needs no escaping in a header', () => {
  const near = fc.string({ unit: fc.constantFrom(...'/\\?#:@.%device authorize\t\r\nevil'), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' }), fc.webUrl()), (target) => {
      const location = parseReturnTo(target);
      assert.equal(new URL(location, 'https://sso.example').origin, 'https://sso.example');
      assert.match(location, /^[!-~]+$/);
    }),
  );
});
