import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin, START_MS, type TestContext } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import { signOut } from '../people/sign-in.ts';
import type { Decision } from './answer.ts';
import {
  type AnswerAuthorizationRequestResult,
  answerAuthorizationRequest,
  findAuthorizationAnswer,
} from './authorization-answer.ts';
import { parseAuthorizationRequest } from './authorization-request.ts';
import { authenticateClient, registerClient } from './client-registration.ts';
import { authorizeQuery, metadata, REDIRECT_URI, redeemProgram, signInAs } from './testing/steps.ts';

/** A program asks for alice's leave. */
async function askedByProgram({
  redirectUri = REDIRECT_URI,
  ...options
}: Parameters<typeof createTestContext>[0] & { readonly redirectUri?: string } = {}) {
  const context = await createTestContext({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    ...options,
  });
  const registered = registerClient(context, { ...metadata, redirectUris: [redirectUri] });
  const query = authorizeQuery(registered.clientId, { redirect_uri: redirectUri });
  const alice = await signInAs(context, 'alice');
  const answer = (
    decision: Decision,
    {
      session = alice,
      at = context as TestContext,
      text = query,
      host,
    }: { session?: typeof alice; at?: TestContext; text?: string; host?: string } = {},
  ) => {
    const parsed = parseAuthorizationRequest(at, text);
    assert.ok(parsed.kind === 'valid');
    return answerAuthorizationRequest(at, {
      request: parsed.request,
      query: text,
      decision,
      session,
      origin,
      host,
    });
  };
  return { context, client: authenticateClient(context, registered, origin.address), query, alice, answer };
}

function locationOf(result: AnswerAuthorizationRequestResult): string | undefined {
  return 'location' in result ? result.location : undefined;
}

function codeOf(location: string | undefined): string {
  return new URL(location ?? '').searchParams.get('code') ?? '';
}

test('the browser of someone who allows goes back with code, state and issuer (RFC 6749 section 4.1.2, RFC 9207)', async () => {
  const { context, answer } = await askedByProgram();
  const allowed = await answer('allow');
  assert.ok(allowed.kind === 'answered');
  const { origin: host, pathname, searchParams } = new URL(allowed.location);
  assert.equal(host + pathname, REDIRECT_URI);
  assert.deepEqual([...searchParams.keys()], ['code', 'state', 'iss']);
  assert.equal(searchParams.get('state'), 'state-1');
  assert.equal(searchParams.get('iss'), 'http://localhost:8484');
  assert.equal(context.events.at(-1)?.event, 'authorizationAllowed');
});

test('the browser of someone who denies goes back with access_denied, and no code is made', async () => {
  const { context, answer } = await askedByProgram();
  const denied = await answer('deny');
  assert.ok(denied.kind === 'answered');
  const { searchParams } = new URL(denied.location);
  assert.equal(searchParams.get('error'), 'access_denied');
  assert.equal(searchParams.get('state'), 'state-1');
  assert.equal(searchParams.get('code'), null);
  assert.equal(context.events.at(-1)?.event, 'authorizationDenied');
});

test('an authorization request is answered once: the same answer again gives the same code while it waits, and no other', async () => {
  const { context, client, answer } = await askedByProgram();
  const first = await answer('allow');
  assert.ok(first.kind === 'answered');
  context.advance({ seconds: 10 });
  const again = await answer('allow');
  assert.ok(again.kind === 'answeredBefore');
  assert.equal(again.location, first.location);
  assert.equal(again.answer.decision, 'allow');
  assert.equal(again.answer.answeredAtMs, START_MS);
  await redeemProgram(context, client, { code: codeOf(first.location) });
  const late = await answer('allow');
  assert.ok(late.kind === 'answeredBefore' && late.location === undefined, 'the code has been redeemed');
  assert.equal(context.events.filter(({ event }) => event === 'authorizationAllowed').length, 1);
});

test('the code of an answer that is given again is not sent once it has expired, or the session has ended', async () => {
  const expired = await askedByProgram();
  await expired.answer('allow');
  expired.context.advance({ seconds: 60 });
  const late = await expired.answer('allow');
  assert.ok(late.kind === 'answeredBefore' && late.location === undefined);

  const ended = await askedByProgram();
  await ended.answer('allow');
  await signOut(ended.context, ended.alice, origin);
  const after = await ended.answer('allow', { session: await signInAs(ended.context, 'alice') });
  assert.ok(after.kind === 'answeredBefore' && after.location === undefined);
});

test('the other answer, given afterwards, changes nothing and sends the browser nowhere', async () => {
  for (const [first, second] of [
    ['allow', 'deny'],
    ['deny', 'allow'],
  ] as const) {
    const { answer } = await askedByProgram();
    await answer(first);
    const changed = await answer(second);
    assert.ok(changed.kind === 'answeredBefore');
    assert.equal(changed.answer.decision, first);
    assert.equal(changed.location, undefined);
  }
});

test('of two clicks at once, one is the answer, and both lead to the program', async () => {
  const { answer } = await askedByProgram();
  const results = await Promise.all([answer('allow'), answer('allow')]);
  assert.deepEqual(
    results.map(({ kind }) => kind),
    ['answered', 'answeredBefore'],
  );
  const [first, second] = results.map(locationOf);
  assert.equal(second, first);
  const denials = await askedByProgram().then(({ answer: deny }) =>
    Promise.all([deny('deny'), deny('deny')]),
  );
  assert.deepEqual(
    denials.map(({ kind }) => kind),
    ['answered', 'answeredBefore'],
  );
  const [denial, secondDenial] = denials.map(locationOf);
  assert.equal(secondDenial, denial);
});

test('an answer is remembered for its person in every session, for nobody else, for that request alone, and for an hour', async () => {
  const { context, query, alice, answer } = await askedByProgram();
  await answer('deny');
  const session = await signInAs(context, 'alice');
  assert.equal((await findAuthorizationAnswer(context, { query, session }))?.decision, 'deny');
  const bob = await signInAs(context, 'bob');
  assert.equal(await findAuthorizationAnswer(context, { query, session: bob }), undefined);
  const other = { query: `${query}&asked_again=1`, session: alice };
  assert.equal(await findAuthorizationAnswer(context, other), undefined);
  assert.equal((await answer('allow', { text: other.query })).kind, 'answered');
  assert.equal((await answer('allow', { session: bob })).kind, 'answered');
  context.advance({ hours: 1 });
  assert.equal(await findAuthorizationAnswer(context, { query, session }), undefined);
});

test('an answer is remembered when the keys have been rotated since', async () => {
  const older = { id: 1, createdAtMs: 0, secret: new Uint8Array(32).fill(1) };
  const newer = { id: 2, createdAtMs: 1, secret: new Uint8Array(32).fill(2) };
  const { context, answer } = await askedByProgram({ keys: new Keys([older]) });
  await answer('allow');
  const at = await createTestContext({ store: context.store, keys: new Keys([older, newer]) });
  assert.equal((await answer('allow', { at })).kind, 'answeredBefore');
});

const FOREIGN = 'https://tool.example/callback';

test('a request whose response goes to another computer is allowed with the name of its host', async () => {
  const { answer } = await askedByProgram({ redirectUri: FOREIGN });
  const allowed = await answer('allow', { host: 'Tool.Example.' });
  assert.ok(allowed.kind === 'answered');
  assert.ok(allowed.location.startsWith(`${FOREIGN}?code=`));
});

test('a request whose response goes to another computer is not allowed without its host, nor with another', async () => {
  const { context, answer } = await askedByProgram({ redirectUri: FOREIGN });
  for (const [host, mistake] of [
    [undefined, 'missing'],
    ['', 'missing'],
    [' \u200b', 'missing'],
    ['tool.example/callback', 'noHost'],
    ['tool', 'wrong'],
    ['127.0.0.1', 'wrong'],
    ['to\u043el.example', 'wrong'],
  ] as const) {
    assert.deepEqual(await answer('allow', host === undefined ? {} : { host }), {
      kind: 'unconfirmed',
      mistake,
    });
  }
  assert.equal(context.events.filter(({ event }) => event === 'authorizationAllowed').length, 0);
});

test('wrong hosts are counted, slips are not, and the right one is refused beyond the limit; denying never is', async () => {
  const { context, answer } = await askedByProgram({
    redirectUri: FOREIGN,
    limits: { userCodeFailuresPerUser: 2 },
  });
  for (let slips = 0; slips < 5; slips += 1) await answer('allow');
  const wrong = await Promise.all(Array.from({ length: 10 }, () => answer('allow', { host: 'tool' })));
  assert.equal(wrong.filter(({ kind }) => kind === 'unconfirmed').length, 2);
  const right = await answer('allow', { host: 'tool.example' });
  assert.deepEqual(right, { kind: 'limited', retryAfterSeconds: 900 });
  assert.equal(context.events.at(-1)?.event, 'redirectHostLimited');
  assert.equal((await answer('deny')).kind, 'answered');
});

test('whoever answered a request to another computer before is told so, whatever is typed now', async () => {
  const { answer } = await askedByProgram({ redirectUri: FOREIGN });
  const first = await answer('allow', { host: 'tool.example' });
  const again = await answer('allow');
  assert.equal(again.kind, 'answeredBefore');
  assert.equal(locationOf(again), locationOf(first));
  const denied = await askedByProgram({ redirectUri: FOREIGN });
  await denied.answer('deny');
  assert.equal((await denied.answer('allow', { host: 'tool.example' })).kind, 'answeredBefore');
});

test('a program on this computer, and an app, are allowed without typing', async () => {
  for (const redirectUri of [
    'http://localhost/cb',
    'http://[::1]:5000/cb',
    'com.example.app://tool.example/cb',
  ]) {
    const { answer } = await askedByProgram({ redirectUri });
    assert.equal((await answer('allow')).kind, 'answered', redirectUri);
  }
});
