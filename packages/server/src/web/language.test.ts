import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { html } from 'hono/html';
import { brand } from '../fixtures/brand.ts';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { layout } from './layout.ts';
import { languages } from './messages/languages.ts';
import { authorizePath, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { findEnglish, pageTexts } from './testing/page-texts.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const latchkey = await startLatchkey();
const client = await registerClient(latchkey);
after(() => latchkey.close());

const GERMAN = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' };
const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends a request as it is, and takes the answer for a page. */
async function send(path: string, init: RequestInit): Promise<PageView> {
  const headers = { accept: 'text/html', ...(init.headers as Record<string, string>) };
  const response = await fetch(latchkey.url + path, { redirect: 'manual', ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, location: undefined, hidden: {} };
}

type Ask = (headers: Readonly<Record<string, string>>) => Promise<PageView>;

/** Pages that few people ever see; those of the flows are walked through in test/browser/page-quality.test.ts. */
const problems: Readonly<Record<string, readonly [status: number, ask: Ask]>> = {
  'an unknown address': [404, (headers) => send('/nowhere', { headers })],
  'another method': [405, (headers) => send('/device', { method: 'DELETE', headers })],
  'a form that is too long': [
    413,
    (headers) =>
      send('/sign-in', { method: 'POST', body: 'a='.padEnd(70_000, 'a'), headers: { ...form, ...headers } }),
  ],
  'a form of another type': [
    415,
    (headers) =>
      send('/sign-in', { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain', ...headers } }),
  ],
  'a form with a field twice': [
    400,
    (headers) => send('/sign-in', { method: 'POST', body: 'a=1&a=2', headers: { ...form, ...headers } }),
  ],
  'a form with too many fields': [
    400,
    (headers) =>
      send('/sign-in', {
        method: 'POST',
        body: 'abcdefghijklmnopq'.replaceAll(/./g, '$&=1&'),
        headers: { ...form, ...headers },
      }),
  ],
  'a form that is not encoded': [
    400,
    (headers) => send('/sign-in', { method: 'POST', body: 'a=\u00e4', headers: { ...form, ...headers } }),
  ],
  'a query that is not UTF-8': [400, (headers) => send('/device?user_code=%FF', { headers })],
  'a sign-in form without a token': [
    403,
    (headers) => new PlainBrowser(latchkey).post('/sign-in', { user_name: 'a' }, headers),
  ],
  'a sign-in form of another site': [
    403,
    (headers) =>
      new PlainBrowser(latchkey).post(
        '/sign-in',
        { user_name: 'a' },
        { 'sec-fetch-site': 'cross-site', ...headers },
      ),
  ],
  'a sign-in form without a password': [
    400,
    async (headers) => {
      const browser = new PlainBrowser(latchkey);
      const { hidden } = await browser.get('/sign-in', headers);
      return browser.post('/sign-in', hidden, headers);
    },
  ],
  'a choice that another site makes': [
    403,
    (headers) =>
      new PlainBrowser(latchkey).post(
        '/sign-in',
        { theme: 'dark' },
        { 'sec-fetch-site': 'cross-site', ...headers },
      ),
  ],
  'a sign-out form of another site': [
    403,
    async (headers) =>
      (await signedInAs(latchkey, 'alice')).post(
        '/sign-out',
        {},
        { 'sec-fetch-site': 'cross-site', ...headers },
      ),
  ],
  'an answer that is out of date': [
    403,
    async (headers) => (await signedInAs(latchkey, 'alice')).post('/consent', { decision: 'allow' }, headers),
  ],
  'an answer of another site': [
    403,
    async (headers) =>
      (await signedInAs(latchkey, 'alice')).post(
        '/device',
        {},
        { 'sec-fetch-site': 'cross-site', ...headers },
      ),
  ],
  'an answer without a decision': [
    400,
    async (headers) => {
      const browser = await signedInAs(latchkey, 'alice');
      const { hidden } = await browser.get(authorizePath(client), headers);
      return browser.post('/consent', { ...hidden }, headers);
    },
  ],
  'too many parameters of a request': [
    400,
    (headers) =>
      send(authorizePath(client, Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`x${n}`, '1']))), {
        headers,
      }),
  ],
  'a repeated parameter of a request': [
    400,
    (headers) => send(`${authorizePath(client)}&state=2`, { headers }),
  ],
  'an unknown client': [400, (headers) => send(authorizePath({ ...client, clientId: 'x' }), { headers })],
  'a redirect URI that is not registered': [
    400,
    (headers) => send(authorizePath(client, { redirect_uri: 'https://evil.example' }), { headers }),
  ],
  'a user code that is too short': [
    400,
    async (headers) => (await signedInAs(latchkey, 'alice')).get('/device?user_code=BCD', headers),
  ],
  'a user code that is too long': [
    400,
    async (headers) => (await signedInAs(latchkey, 'alice')).get('/device?user_code=BCDFGHJKL', headers),
  ],
  'a user code without letters': [
    400,
    async (headers) => (await signedInAs(latchkey, 'alice')).get('/device?user_code=-', headers),
  ],
  'a user code with a digit': [
    400,
    async (headers) => (await signedInAs(latchkey, 'alice')).get('/device?user_code=BCDF-GHJ8', headers),
  ],
};

for (const [problem, [status, ask]] of Object.entries(problems)) {
  test(`the page about ${problem} is in the language that the browser asks for`, async () => {
    const [inEnglish, inGerman] = [await ask({ 'accept-language': 'fr' }), await ask(GERMAN)];
    assert.deepEqual([inEnglish.status, inGerman.status], [status, status]);
    assert.match(inEnglish.text, /^<!doctype html>\n<html lang="en" dir="ltr">/);
    assert.match(inGerman.text, /^<!doctype html>\n<html lang="de" dir="ltr">/);
    assert.equal(inEnglish.headers.get('content-language'), 'en');
    assert.equal(inGerman.headers.get('content-language'), 'de');
    assert.deepEqual(findEnglish(inGerman.text), []);
    const known = new Set([...pageTexts(inEnglish.text)]);
    known.delete('Code');
    known.delete('XXXX-XXXX');
    assert.deepEqual(
      pageTexts(inGerman.text).filter((text) => known.has(text)),
      [],
    );
  });
}

test('a request without Accept-Language gets English, and every page says what its language follows from', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { verificationUriComplete } = await startDeviceAuthorization(latchkey, client);
  for (const path of [
    '/',
    '/sign-in',
    '/device',
    verificationUriComplete.slice(latchkey.url.length),
    '/sign-out',
    '/nowhere',
  ]) {
    const { text, headers } = await browser.get(path, { 'accept-language': '' });
    assert.match(text, /<html lang="en" dir="ltr">/, path);
    assert.equal(headers.get('content-language'), 'en', path);
    assert.equal(headers.get('vary'), 'accept-language, cookie', path);
  }
});

test('a person chooses the language in the footer, against what the browser asks for, and the page stays where it is', async () => {
  const browser = new PlainBrowser(latchkey);
  const page = '/sign-in?to=%2Fdevice';
  const { text } = await browser.get(page, GERMAN);
  assert.match(text, /<button [^>]*name="language" value="en" lang="en"[^>]*>English<\/button>/);
  assert.match(
    text,
    /<button [^>]*name="language" value="de" lang="de"[^>]* aria-current="true">Deutsch<\/button>/,
  );
  const chosen = await browser.post(page, { language: 'en' }, { ...GERMAN, ...sameOrigin });
  assert.deepEqual([chosen.status, chosen.location], [303, page]);
  assert.match((await browser.get(page, GERMAN)).text, /<html lang="en"/);
  assert.match((await browser.get('/nowhere', GERMAN)).text, /<html lang="en"/);
  latchkey.clock.advance({ days: 364 });
  assert.match((await browser.get(page, GERMAN)).text, /<html lang="en"/);
  await browser.post(page, { language: 'de' }, { ...GERMAN, ...sameOrigin });
  assert.match((await browser.get(page, GERMAN)).text, /<html lang="de"/);
  assert.doesNotMatch(
    browser.cookie,
    /language/,
    'nothing is left of a choice that is what the browser asks for',
  );
});

test('what is no choice of a language is answered as ever, and a cookie with none is passed over', async () => {
  const browser = new PlainBrowser(latchkey);
  const chosen = await browser.post('/nowhere', { language: 'de' }, sameOrigin);
  const [name = ''] = (chosen.headers.get('set-cookie') ?? '').split('=');
  for (const language of ['fr', 'DE', '__proto__', 'toString', 'de-AT', '']) {
    assert.equal((await browser.post('/nowhere', { language }, sameOrigin)).status, 404, language);
    browser.setCookie(`${name}=${language}`);
    assert.match((await browser.get('/nowhere')).text, /<html lang="en"/, language);
  }
});

test('a form of another site, or of a browser that does not say whose it is, chooses no language', async () => {
  for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    const answer = await new PlainBrowser(latchkey).post('/sign-in', { language: 'de' }, headers);
    assert.deepEqual([answer.status, answer.headers.getSetCookie()], [403, []]);
  }
});

test('pages for developers, errors of the APIs and plain text stay English', async () => {
  for (const path of ['/v0.4/services', '/v0.4/docs/ssooidc', '/v0.4/docs/nothing']) {
    const { text } = await send(path, { headers: GERMAN });
    assert.match(text, /<html lang="en" dir="ltr">/, path);
    assert.match(text, /name="theme"/, path);
    assert.doesNotMatch(text, /name="language"/, path);
    assert.ok(findEnglish(text).length > 0, path);
  }
  const json = { accept: 'application/json', 'content-type': 'application/json' };
  const calls: readonly [path: string, init: RequestInit][] = [
    ['/nowhere', { headers: json }],
    ['/token', { method: 'POST', body: '{}', headers: json }],
    ['/device', { method: 'DELETE', headers: json }],
    ['/sign-in', { method: 'POST', body: ''.padEnd(70_000, 'a'), headers: json }],
  ];
  for (const [path, init] of calls) {
    const inGerman = await send(path, { ...init, headers: { ...json, ...GERMAN } });
    assert.equal(inGerman.text, (await send(path, init)).text, path);
    assert.equal(inGerman.headers.get('content-language'), null, path);
  }
});

test('the direction of a page is that of its language', async () => {
  const language = { ...languages.en, direction: 'rtl' } as const;
  const page = await layout({ brand, language, title: 'x', main: html`x` });
  assert.match(String(page), /<html lang="en" dir="rtl">/);
});
