import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../http/testing/api.ts';
import { linksOf, readableText, startWithModels } from '../testing/pages.ts';

const latchkey = await startWithModels();
after(() => latchkey.close());

async function open(target: string) {
  const { headers, status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
  return { headers, status, html: text, text: readableText(text) };
}

test('the page of a search lists what has the words, with its kind and service, and marks them', async () => {
  const { html, headers, text } = await open('/v0.4/search?q=codeverifier');
  assert.ok(linksOf(html).includes('/v0.4/docs/ssooidc/CreateTokenRequest#codeVerifier'));
  assert.match(html, /<mark>codeVerifier<\/mark>/);
  assert.match(html, /value="codeverifier"/);
  assert.match(text, /property of/);
  assert.equal(headers.get('cache-control'), 'no-cache');
});

test('the page of a search keeps the words when a kind is chosen', async () => {
  const { html } = await open('/v0.4/search?q=type%3Aerror+token');
  assert.ok(linksOf(html).includes('/v0.4/search?q=type%3Aoperation+token'));
  assert.match(html, /href="\/v0\.4\/search\?q=type%3Aerror\+token" aria-current="page"/);
});

test('the page of a search says which words it took instead of mistyped ones, and when there is nothing', async () => {
  assert.match(
    (await open('/v0.4/search?q=creattoken')).text,
    /Nothing has “creattoken”\. \d+ results for “createtoken”/,
  );
  assert.match((await open('/v0.4/search?q=zeppelin')).text, /Nothing found\. Try fewer words/);
});

test('the page of a search finds operations by what goes in and what comes out, mistyped too', async () => {
  const { html } = await open(`/v0.4/search?${new URLSearchParams({ q: 'ClientSecret -> refreshToken' })}`);
  assert.equal(
    linksOf(html).find((link) => link.startsWith('/v0.4/docs/ssooidc/')),
    '/v0.4/docs/ssooidc/SSOOIDC.createToken',
  );
  const mistyped = await open(`/v0.4/search?${new URLSearchParams({ q: 'ClientSecert -> [refreshToken' })}`);
  assert.ok(linksOf(mistyped.html).includes('/v0.4/docs/ssooidc/SSOOIDC.createToken'));
  assert.match(mistyped.text, /results? for “clientsecret refreshtoken”/);
});

test('the search page without words says what can be typed', async () => {
  const { html, status } = await open('/v0.4/search');
  assert.equal(status, 200);
  assert.ok(linksOf(html).includes('/v0.4/search?q=sso+login'));
  assert.ok(linksOf(html).includes(`/v0.4/search?${new URLSearchParams({ q: '-> Bucket' })}`));
});

test('every result of a search leads to a page that has it', async () => {
  for (const words of [
    'token',
    'list accounts',
    'weather',
    'type:value a',
    'type:waiter city',
    'type:error in:sts',
  ]) {
    const query = new URLSearchParams({ q: words, limit: '50' });
    const { results } = JSON.parse((await send(latchkey, `/v0.4/search.json?${query}`)).text);
    assert.ok(results.length > 0, words);
    for (const { url } of results) {
      const [page = '', fragment] = url.split('#');
      const { headers, html, status } = await open(page);
      assert.ok(status === 200 || headers.get('location')?.startsWith('/v0.4/docs/'), url);
      if (fragment !== undefined) assert.ok(html.includes(`id="${decodeURIComponent(fragment)}"`), url);
    }
  }
});

test('a program gets as many results as it asks for, and the state of the index', async () => {
  const { text } = await send(latchkey, '/v0.4/search.json?q=token&limit=2');
  const { indexed, more, problems, results, services } = JSON.parse(text);
  assert.equal(results.length, 2);
  assert.deepEqual(
    { indexed, more, problems, services },
    { indexed: 5, more: true, problems: [], services: 5 },
  );
  for (const limit of ['0', '51', '1e9', 'x', '-1', '2.5']) {
    const all = JSON.parse((await send(latchkey, `/v0.4/search.json?q=token&limit=${limit}`)).text);
    assert.ok(all.results.length > 2 && all.results.length <= 50, limit);
  }
});
