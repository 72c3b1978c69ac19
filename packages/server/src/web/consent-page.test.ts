import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { authorizePath, type Client, REDIRECT_URI, registerClient } from './testing/client.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;
let client: Client;

before(async () => {
  latchkey = await startLatchkey();
  client = await registerClient(latchkey);
});
after(() => latchkey.close());

test('a program is let in only by pressing Allow, then gets a code, its state and the issuer', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const asked = await browser.get(authorizePath(client));
  assert.equal(asked.status, 200);
  for (const shown of ['botocore-client-test', '127.0.0.1:53214', 'Use all your roles in Sandbox']) {
    assert.ok(asked.text.includes(shown), shown);
  }
  const done = await browser.post('/consent', { ...asked.hidden, decision: 'allow' });
  assert.equal(done.status, 303);
  const { origin, pathname, searchParams } = new URL(done.location ?? '');
  assert.equal(origin + pathname, REDIRECT_URI);
  assert.match(searchParams.get('code') ?? '', /./);
  assert.equal(searchParams.get('state'), 'state-1');
  assert.equal(searchParams.get('iss'), latchkey.url);
});

test('pressing Deny tells the program so', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await browser.get(authorizePath(client));
  const done = await browser.post('/consent', { ...hidden, decision: 'deny' });
  const { searchParams } = new URL(done.location ?? '');
  assert.equal(searchParams.get('error'), 'access_denied');
  assert.equal(searchParams.get('code'), null);
});

test('someone not signed in signs in first and is then asked', async () => {
  const path = authorizePath(client);
  const { location } = await new PlainBrowser(latchkey).get(path);
  assert.equal(location, `/sign-in?to=${encodeURIComponent(path)}`);
  const { hidden } = await new PlainBrowser(latchkey).get(location);
  assert.equal(hidden['to'], path);
});

test('the answer to one request cannot be used for another (CSRF)', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await browser.get(authorizePath(client));
  const other = authorizePath(client, { state: 'evil' }).slice('/authorize?'.length);
  const foreign = await (await signedInAs(latchkey, 'alice')).get(authorizePath(client));
  for (const fields of [
    { ...hidden, request: other },
    { request: other },
    { ...hidden, form_token: foreign.hidden['form_token'] ?? '' },
  ]) {
    assert.equal((await browser.post('/consent', { ...fields, decision: 'allow' })).status, 403);
  }
});

test('a request with an unknown client or redirect URI gets a page and no redirect (RFC 6749 section 4.1.2.1)', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const changes of [{ client_id: 'nobody' }, { redirect_uri: 'https://evil.example/cb' }]) {
    const answer = await browser.get(authorizePath(client, changes));
    assert.equal(answer.status, 400);
    assert.equal(answer.location, undefined);
    assert.match(answer.text, /This sign-in link does not work/);
    assert.match(answer.text, /<code>[\w-]+<\/code>/, 'the request id');
  }
});

test('a program on this computer is told at once what is wrong with its request', async () => {
  const answer = await new PlainBrowser(latchkey).get(
    authorizePath(client, { code_challenge_method: 'plain' }),
  );
  assert.equal(answer.status, 303);
  assert.equal(new URL(answer.location ?? '').searchParams.get('error'), 'invalid_request');
});

test('a mistaken request is no redirect to another site, which anyone could have registered', async () => {
  const remote = await registerClient(latchkey, { redirectUri: 'https://evil.example/cb' });
  const path = authorizePath(remote, {
    redirect_uri: 'https://evil.example/cb',
    code_challenge_method: 'plain',
  });
  const answer = await new PlainBrowser(latchkey).get(path);
  assert.equal(answer.status, 400);
  assert.equal(answer.location, undefined);
  assert.match(answer.text, /Go back to <bdi>evil\.example<\/bdi>/);
});

test('the page says until when the request can be answered, from now on and in UTC', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { text, hidden } = await browser.get(authorizePath(client));
  const [, minutes = '', end = '', time = ''] =
    /You can answer this request for (\d+)\u00a0minutes, until <time datetime="([^"]+)">(\d\d:\d\d)\u00a0UTC<\/time>/.exec(
      text,
    ) ?? [];
  assert.equal(end.slice(11, 16), time);
  const leftMs = Date.parse(end) - latchkey.clock.now();
  assert.equal(Number(minutes), Math.floor(leftMs / 60_000));
  latchkey.clock.advance({ milliseconds: leftMs });
  const answer = { ...hidden, decision: 'deny' };
  assert.equal((await browser.post('/consent', answer)).status, 303, 'to the last moment');
  latchkey.clock.advance({ seconds: 1 });
  assert.equal((await browser.post('/consent', answer)).status, 403);
});

test('the answer goes to the redirect URI with its query as it was sent (RFC 6749 section 3.1.2)', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const query of ['?a=b%20c&d=e+f', '?x', '?', '?a=1&a=2', '?q=%7e~%C3%A9']) {
    const local = await registerClient(latchkey, { redirectUri: `http://127.0.0.1/cb${query}` });
    const redirectUri = `http://127.0.0.1:53214/cb${query}`;
    for (const decision of ['allow', 'deny']) {
      const { hidden } = await browser.get(authorizePath(local, { redirect_uri: redirectUri }));
      const { location = '' } = await browser.post('/consent', { ...hidden, decision });
      assert.ok(location.startsWith(redirectUri), location);
    }
    const refused = authorizePath(local, { redirect_uri: redirectUri, code_challenge_method: 'plain' });
    assert.ok((await browser.get(refused)).location?.startsWith(redirectUri));
  }
});

test('a private-use scheme is an app, whatever host stands after it, and is told nothing at once', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const redirectUri of [
    'com.evil.app://localhost/cb',
    'com.evil.app://127.0.0.1:5000/cb',
    'com.evil.app:/cb',
  ]) {
    const app = await registerClient(latchkey, { redirectUri });
    const { text, headers } = await browser.get(authorizePath(app, { redirect_uri: redirectUri }));
    assert.match(text, /<bdi>com\.evil\.app<\/bdi> <small>An app on the device you are using/);
    assert.doesNotMatch(text, /A program on the computer you are using/);
    assert.match(headers.get('content-security-policy') ?? '', /form-action 'self' com\.evil\.app:;/);
    const changes = { redirect_uri: redirectUri, code_challenge_method: 'plain' };
    assert.equal((await browser.get(authorizePath(app, changes))).location, undefined);
  }
});

test('coming back to a request that one has answered says when, mints no second code, and offers to answer once more', async () => {
  for (const [decision, verb] of [
    ['allow', 'allowed'],
    ['deny', 'denied'],
  ] as const) {
    const path = authorizePath(client);
    const browser = await signedInAs(latchkey, 'alice');
    const { hidden } = await browser.get(path);
    const { location } = await browser.post('/consent', { ...hidden, decision });
    const time = new Date(latchkey.clock.now()).toISOString().slice(11, 16);
    latchkey.clock.advance({ minutes: 2 });
    const pages = [
      await browser.get(path),
      await browser.post('/consent', { ...hidden, decision }),
      await (await signedInAs(latchkey, 'alice')).get(path),
    ];
    for (const page of pages) {
      assert.equal(page.status, 200);
      assert.ok(page.text.includes(`<h1>You ${verb} this at ${time}\u00a0UTC</h1>`), page.text);
      assert.doesNotMatch(page.text, /code=|lk_ac_/);
      assert.equal(page.headers.get('refresh'), null);
    }
    const [, again = ''] = /<a href="(\/authorize[^"]*)">answer once more/.exec(pages[0]?.text ?? '') ?? [];
    const asked = await browser.get(again.replaceAll('&amp;', '&'));
    assert.match(asked.text, /Allow this sign-in\?/);
    const anew = await browser.post('/consent', { ...asked.hidden, decision });
    assert.equal(anew.status, 303);
    if (decision === 'allow') assert.notEqual(anew.location, location);
    const [, third = ''] =
      /<a href="(\/authorize[^"]*)">answer/.exec((await browser.get(again.replaceAll('&amp;', '&'))).text) ??
      [];
    assert.match(third, /&amp;asked_again=2$/);
  }
});

test('a second click on the same answer leads on to the program with the response of the first', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const decision of ['allow', 'deny']) {
    const { hidden } = await browser.get(authorizePath(client));
    const first = await browser.post('/consent', { ...hidden, decision });
    const second = await browser.post('/consent', { ...hidden, decision });
    assert.equal(second.status, 200);
    assert.match(second.text, /<h1>You (allowed|denied) this at \d\d:\d\d\u00a0UTC<\/h1>/);
    assert.equal(second.headers.get('refresh'), `0;url=${first.location}`);
    const other = await browser.post('/consent', {
      ...hidden,
      decision: decision === 'allow' ? 'deny' : 'allow',
    });
    assert.equal(other.headers.get('refresh'), null);
    assert.match(other.text, /just now, which changed nothing/);
  }
});

test('a consent form that was shown an hour ago is out of date', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await browser.get(authorizePath(client));
  latchkey.clock.advance({ hours: 1, minutes: 1 });
  const late = await browser.post('/consent', { ...hidden, decision: 'allow' });
  assert.equal(late.status, 403);
  assert.match(late.text, /It was opened too long ago/);
});
