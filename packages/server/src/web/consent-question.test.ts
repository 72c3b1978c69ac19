import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { authorizePath, registerClient } from './testing/client.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'bob'].map((userName) => ({ userName })),
    settings: { limits: { userCodeFailuresPerUser: 3 } },
  });
});
after(() => latchkey.close());

/** A request whose response goes to another computer, as a signed-in person sees it. */
async function openForElsewhere(redirectUri = 'https://tool.example/cb', userName = 'alice') {
  const client = await registerClient(latchkey, { redirectUri });
  const browser = await signedInAs(latchkey, userName);
  const path = authorizePath(client, { redirect_uri: redirectUri });
  const page = await browser.get(path);
  assert.equal(page.status, 200);
  const post = (fields: Readonly<Record<string, string>>) =>
    browser.post('/consent', { ...page.hidden, ...fields });
  return { browser, path, page, post };
}

test('a request whose answer goes to another computer shows the caution first, then Deny, and asks for the host', async () => {
  const { page } = await openForElsewhere();
  const order = [
    'Your access goes to another computer.',
    '<dt>Who asks</dt>',
    '<bdi>tool.example</bdi> <small class="doubt">Another computer, which gets your access.',
    'You can answer this request for',
    '<button class="primary" name="decision" value="deny">Deny</button>',
    'To allow it, type the host name beside “Goes to”',
    'name="confirmation" required',
    '<button class="secondary" name="decision" value="allow">Allow</button>',
  ].map((part) => page.text.indexOf(part));
  assert.ok(
    order.every((at, index) => at > (order[index - 1] ?? 0)),
    order.join(' '),
  );
  assert.match(
    page.headers.get('content-security-policy') ?? '',
    /form-action 'self' https:\/\/tool\.example;/,
  );
  const forms = [...page.text.matchAll(/<form[^>]*action="\/consent".*?<\/form>/gs)].map(([form]) => form);
  assert.equal(forms.length, 2, 'the Enter key in the field cannot press Deny');
  assert.doesNotMatch(forms[1] ?? '', /value="deny"/);
});

test('typing the host allows the program, in any case and width', async () => {
  for (const confirmation of ['tool.example', 'TOOL.example.', ' \uff54ool.example\u200b']) {
    const { post } = await openForElsewhere();
    const { location = '' } = await post({ decision: 'allow', confirmation });
    assert.match(location, /^https:\/\/tool\.example\/cb\?code=/);
  }
});

test('a program on another computer is not allowed without its host, and the page says what is missing', async () => {
  const { post } = await openForElsewhere();
  for (const [typed, status, sentence] of [
    [undefined, 400, /Nothing was allowed\. To allow it, type the host name/],
    ['', 400, /Nothing was allowed\. To allow it, type the host name/],
    ['tool.example/cb', 400, /That is no host name/],
    ['to\u043el.example', 403, /That is another host/],
    ['tool', 403, /That is another host/],
  ] as const) {
    const fields = { decision: 'allow', ...(typed !== undefined && { confirmation: typed }) };
    const answer = await post(fields);
    assert.equal(answer.status, status, typed);
    assert.equal(answer.location, undefined);
    assert.match(answer.text, /role="alert"/);
    assert.match(answer.text, sentence);
    assert.match(answer.text, /Your access goes to another computer/);
    assert.ok(answer.text.includes(`value="${typed ?? ''}" autocapitalize`), 'it can be corrected');
  }
});

test('wrong hosts are counted: after too many the right one is refused, and denying still works', async () => {
  const { post } = await openForElsewhere('https://tool.example/cb', 'bob');
  for (let guess = 0; guess < 3; guess += 1) {
    assert.equal((await post({ decision: 'allow', confirmation: 'tool' })).status, 403);
  }
  const limited = await post({ decision: 'allow', confirmation: 'tool.example' });
  assert.equal(limited.status, 429);
  assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/);
  assert.match(limited.text, /too many wrong hosts\. Wait 15\u00a0minutes/);
  assert.match((await post({ decision: 'deny' })).location ?? '', /error=access_denied/);
});

test('denying a program on another computer needs nothing typed', async () => {
  const { post } = await openForElsewhere();
  assert.match((await post({ decision: 'deny' })).location ?? '', /error=access_denied/);
});

test('whoever answered a program on another computer is told so when they come back', async () => {
  const { post, browser, path } = await openForElsewhere();
  await post({ decision: 'allow', confirmation: 'tool.example' });
  for (const page of [await browser.get(path), await post({ decision: 'allow' })]) {
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>You allowed this at \d\d:\d\d\u00a0UTC<\/h1>/);
  }
});

test('a host of other letters is shown in its ASCII form and in its own letters, and may be typed as either', async () => {
  for (const confirmation of ['xn--bcher-kva.example', 'b\u00fccher.example']) {
    const { page, post } = await openForElsewhere('https://xn--bcher-kva.example/cb');
    assert.match(page.text, /<bdi>xn--bcher-kva\.example<\/bdi>/);
    assert.match(page.text, /Written in its own letters: <bdi>b\u00fccher\.example<\/bdi>/);
    assert.match((await post({ decision: 'allow', confirmation })).location ?? '', /[?&]code=/);
  }
});

test('a long host is shown whole, as it must be typed', async () => {
  const host = `${'w'.repeat(60)}.${'x'.repeat(60)}.${'y'.repeat(60)}.example`;
  const { page, post } = await openForElsewhere(`https://${host}/cb`);
  assert.ok(page.text.includes(`<bdi>${host}</bdi>`));
  assert.match((await post({ decision: 'allow', confirmation: host })).location ?? '', /[?&]code=/);
});

test('the testing kit answers programs on other computers, too', async () => {
  const client = await registerClient(latchkey, { redirectUri: 'https://tool.example:8443/cb' });
  const url = latchkey.url + authorizePath(client, { redirect_uri: 'https://tool.example:8443/cb' });
  assert.match(await latchkey.authorize(url, 'alice'), /^https:\/\/tool\.example:8443\/cb\?code=/);
});
