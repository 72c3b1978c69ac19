import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { html } from 'hono/html';
import { brand } from '../fixtures/brand.ts';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { send } from '../http/testing/api.ts';
import { layout } from './layout.ts';
import { languages } from './messages/languages.ts';
import { registerClient, startDeviceAuthorization } from './testing/client.ts';
import { findEnglish } from './testing/page-texts.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const latchkey = await startLatchkey();
const client = await registerClient(latchkey);
after(() => latchkey.close());

const GERMAN = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' };
const sameOrigin = { 'sec-fetch-site': 'same-origin' };

/** The page that asks a person about the request of a device, where the link that the device shows leads to. */
async function consentPage(browser: PlainBrowser): Promise<string> {
  const { verificationUriComplete } = await startDeviceAuthorization(latchkey, client);
  const { location } = await browser.get(verificationUriComplete.slice(latchkey.url.length));
  assert.match(location ?? '', /^\/device\?request=/);
  return location ?? '';
}

test('a request without Accept-Language gets English, and every page says what its language follows from', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const path of ['/', '/sign-in', '/device', await consentPage(browser), '/sign-out', '/nowhere']) {
    const { text, headers } = await browser.get(path, { 'accept-language': '' });
    assert.match(text, /<html lang="en" dir="ltr">/, path);
    assert.equal(headers.get('content-language'), 'en', path);
    assert.equal(headers.get('vary'), 'accept-language, cookie', path);
  }
});

test('every page for people leads to the reference of the typed clients, in its language, and that needs no sign-in', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const path of ['/', '/sign-in', '/device', await consentPage(browser), '/sign-out', '/nowhere']) {
    const footer = async (language: string) =>
      /<footer>.*?<\/footer>/s.exec((await browser.get(path, { 'accept-language': language })).text)?.[0] ??
      '';
    assert.match(await footer('en'), /<a href="\/v0\.4\/docs">API reference<\/a>/, path);
    assert.match(
      await footer('de'),
      /<a href="\/v0\.4\/docs" hreflang="en">Englische API-Referenz<\/a>/,
      path,
    );
  }
  const { status, text } = await send(latchkey, '/v0.4/docs', { headers: { accept: 'text/html' } });
  assert.equal(status, 200);
  assert.doesNotMatch(text, /API reference<\/a>/, 'the reference itself needs no link to itself');
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
    const { text } = await send(latchkey, path, { headers: { accept: 'text/html', ...GERMAN } });
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
    const inGerman = await send(latchkey, path, { ...init, headers: { ...json, ...GERMAN } });
    assert.equal(inGerman.text, (await send(latchkey, path, init)).text, path);
    assert.equal(inGerman.headers.get('content-language'), null, path);
  }
});

test('the direction of a page is that of its language', async () => {
  const language = { ...languages.en, direction: 'rtl' } as const;
  const page = await layout({ brand, language, title: 'x', main: html`x` });
  assert.match(String(page), /<html lang="en" dir="rtl">/);
});
