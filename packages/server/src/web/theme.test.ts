import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

const STYLES = '/assets/latchkey.css';
const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const schemeOf = (css: string) => [...css.matchAll(/color-scheme: ([^;]+);/g)].at(-1)?.[1];

test('the form in the footer changes the style sheet of all pages, and leads back to the page', async () => {
  const browser = new PlainBrowser(latchkey);
  for (const page of ['/sign-in?to=%2Fdevice', '/v0.4/services', '/v0.4/docs/ssooidc', '/nowhere', '/']) {
    const { text } = await browser.get(page);
    if (page !== '/') {
      assert.match(text, /<form class="theme" method="post">/, page);
      assert.match(text, /href="\/assets\/(?:latchkey|reference)\.css"/, page);
    }
    const chosen = await browser.post(page, { theme: 'dark' }, sameOrigin);
    assert.deepEqual([chosen.status, chosen.location], [303, page]);
    assert.equal(schemeOf((await browser.get(STYLES)).text), 'dark');
    await browser.post(page, { theme: 'light' }, sameOrigin);
    assert.equal(schemeOf((await browser.get(STYLES)).text), 'light');
    await browser.post(page, { theme: 'system' }, sameOrigin);
    assert.equal(schemeOf((await browser.get(STYLES)).text), 'light dark');
    assert.doesNotMatch(browser.cookie, /theme/, 'nothing is left of the choice');
  }
});

test('a theme is remembered for a year, by the instance that it was chosen at', async () => {
  await using other = await startLatchkey();
  const browser = new PlainBrowser(latchkey);
  await browser.post('/sign-in', { theme: 'dark' }, sameOrigin);
  const elsewhere = new PlainBrowser(other, browser);
  assert.equal(schemeOf((await elsewhere.get(STYLES)).text), 'light dark');
  latchkey.clock.advance({ days: 364 });
  assert.equal(schemeOf((await browser.get(STYLES)).text), 'dark');
  latchkey.clock.advance({ days: 2 });
  assert.equal(schemeOf((await browser.get(STYLES)).text), 'light dark');
});

test('the style sheet is asked for again by its entity tag, which the theme changes', async () => {
  const browser = new PlainBrowser(latchkey);
  const first = await browser.get(STYLES);
  const etag = first.headers.get('etag') ?? '';
  assert.equal(first.headers.get('cache-control'), 'private, no-cache');
  assert.equal(first.headers.get('vary'), 'cookie');
  const again = await browser.get(STYLES, { 'if-none-match': etag });
  assert.deepEqual([again.status, again.text], [304, '']);
  await browser.post('/sign-in', { theme: 'dark' }, sameOrigin);
  assert.equal((await browser.get(STYLES, { 'if-none-match': etag })).status, 200);
});

test('the style sheet of the reference includes that of all pages, with its accent and its theme', async () => {
  await using branded = await startLatchkey({ settings: { branding: { accent: '#7a1fa2' } } });
  const browser = new PlainBrowser(branded);
  await browser.post('/v0.4/docs', { theme: 'dark' }, { 'sec-fetch-site': 'same-origin' });
  const { text } = await browser.get('/assets/reference.css');
  const common = (await browser.get(STYLES)).text;
  assert.ok(text.startsWith(common));
  assert.match(common, /--accent: light-dark\(#7a1fa2/);
  assert.equal(schemeOf(common), 'dark');
  assert.ok(text.length > common.length);
  assert.doesNotMatch((await browser.get('/v0.4/docs')).text, /latchkey\.css/);
});

test('a form of another site, or of a browser that does not say whose it is, chooses no theme', async () => {
  const evidence: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];
  for (const headers of evidence) {
    const answer = await new PlainBrowser(latchkey).post('/sign-in', { theme: 'dark' }, headers);
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.headers.getSetCookie(), []);
  }
});

test('a choice never leads to another site', async () => {
  const answer = await new PlainBrowser(latchkey).post('//evil.example/a', { theme: 'dark' }, sameOrigin);
  assert.equal(answer.headers.get('location'), `${latchkey.url}//evil.example/a`);
});

test('what is no choice of a theme is answered as ever', async () => {
  const browser = new PlainBrowser(latchkey);
  assert.equal((await browser.post('/sign-in', { theme: 'pink' }, sameOrigin)).status, 403);
  assert.equal((await browser.post('/nowhere', { theme: '__proto__' }, sameOrigin)).status, 404);
  browser.setCookie('latchkey_theme=dark');
  assert.equal(schemeOf((await browser.get(STYLES)).text), 'light dark');
});

test('a page that answers a form has no form of the theme, which would lead away from it', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { status, text } = await browser.post('/sign-out', { form_token: 'forged' }, sameOrigin);
  assert.equal(status, 403);
  assert.doesNotMatch(text, /class="theme"/);
});
