import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { send as sendTo } from '../http/testing/api.ts';
import { openSocket } from '../http/testing/socket.ts';
import { createFallbacks } from './fallbacks.ts';
import { english } from './messages/english.ts';
import { authorizePath, registerClient } from './testing/client.ts';
import { findEnglish, pageTexts } from './testing/page-texts.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const latchkey = await startLatchkey();
const client = await registerClient(latchkey);
after(() => latchkey.close());

const GERMAN = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** What a test looks at of a page. */
type Shown = Pick<PageView, 'status' | 'headers' | 'text'>;

function send(path: string, init: RequestInit): Promise<Shown> {
  return sendTo(latchkey, path, { ...init, headers: { accept: 'text/html', ...init.headers } });
}

type Ask = (headers: Readonly<Record<string, string>>) => Promise<Shown>;

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

test('a page about a refused request is in the language that the browser asks for, whatever was refused', async () => {
  const socket = openSocket(latchkey);
  socket.socket.write(
    'GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: de\r\n\r\n',
  );
  assert.match(await socket.closed(), /<html lang="de".*Die Kopfzeile host kam mehr als einmal/s);

  const { refused } = createFallbacks([], await createTestContext());
  const { busy, heading, ...messages } = english.refusal;
  for (const code of Object.keys(messages) as (keyof typeof messages)[]) {
    const ask = async (language: string) => {
      const headers = { accept: 'text/html', 'accept-language': language };
      const origin = { address: '127.0.0.1', userAgent: '', requestId: 'r-1' };
      const request = {
        method: 'GET',
        path: '/',
        query: '',
        headers,
        body: Buffer.of(),
        oversized: false,
        origin,
      };
      return String((await refused(request, { status: 400, code, value: 'x' }, false)).body);
    };
    const [inEnglish, inGerman] = [await ask('en'), await ask('de')];
    assert.ok(inEnglish.includes(code === 'noRoom' ? busy : heading), code);
    assert.deepEqual(findEnglish(inGerman), [], code);
    const known = new Set(pageTexts(inEnglish));
    assert.deepEqual(
      pageTexts(inGerman).filter((text) => known.has(text)),
      [],
      code,
    );
  }
});
