import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { createTestContext, START_MS } from '../fixtures/test-context.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { type Guess, returnGuess, secondsUntil, takeGuess, withdrawGuess } from './guesses.ts';

const limits = {
  passwordFailuresPerUser: 2,
  passwordFailuresPerAddress: 4,
  userCodeFailuresPerUser: 3,
  userCodeFailuresPerAddress: 5,
  failureWindowSeconds: 900,
};
const WINDOW_END_MS = START_MS + 900_000;

function password(user: string, address = '192.0.2.1'): Guess {
  return { what: 'password', user, address };
}

test("a user's password can be guessed so often, from wherever", async () => {
  const context = await createTestContext({ limits });
  assert.equal(await takeGuess(context, password('alice', '192.0.2.1')), undefined);
  assert.equal(await takeGuess(context, password('alice', '192.0.2.2')), undefined);
  assert.equal(await takeGuess(context, password('alice', '192.0.2.3')), WINDOW_END_MS);
});

test('an address can guess so often, at whomever', async () => {
  const context = await createTestContext({ limits });
  for (const user of ['a', 'b', 'c', 'd']) assert.equal(await takeGuess(context, password(user)), undefined);
  assert.equal(await takeGuess(context, password('e')), WINDOW_END_MS);
  assert.equal(
    await takeGuess(context, password('e', '192.0.2.2')),
    undefined,
    'another address is not held up',
  );
});

test('all addresses of one IPv6 customer (a /64) count as one', async () => {
  const context = await createTestContext({ limits });
  for (let host = 1; host <= 4; host += 1) {
    assert.equal(await takeGuess(context, password(`user ${host}`, `2001:db8::${host}`)), undefined);
  }
  assert.equal(await takeGuess(context, password('e', '2001:db8::ffff:1')), WINDOW_END_MS);
  assert.equal(await takeGuess(context, password('e', '2001:db8:0:1::1')), undefined);
});

test('the /64s of one /56 guess as often as four addresses, those of one /48 as often as sixteen', async () => {
  for (const [lastGroup, shares] of [
    [(index: number) => 0x100 + index, 4],
    [(index: number) => 0x100 * index, 16],
  ] as const) {
    const context = await createTestContext({ limits });
    let taken = 0;
    for (let index = 0; index < 100; index += 1) {
      const address = `2001:db8:1:${lastGroup(index).toString(16)}::1`;
      if ((await takeGuess(context, password(`user ${index}`, address))) === undefined) taken += 1;
    }
    assert.equal(taken, limits.passwordFailuresPerAddress * shares);
    assert.equal(await takeGuess(context, password('another', '2001:db8:2::1')), undefined);
  }
});

test('a right guess is given back to the /56 and the /48, too', async () => {
  const context = await createTestContext({ limits });
  for (let index = 0; index < 100; index += 1) {
    const guess = password(`user ${index}`, `2001:db8:1:${index.toString(16)}::1`);
    assert.equal(await takeGuess(context, guess), undefined);
    await returnGuess(context, guess);
  }
});

test('guesses at passwords and at user codes are counted apart', async () => {
  const context = await createTestContext({ limits });
  const userCode: Guess = { what: 'userCode', user: 'alice', address: '192.0.2.1' };
  for (let i = 0; i < 3; i += 1) assert.equal(await takeGuess(context, userCode), undefined);
  assert.equal(await takeGuess(context, userCode), WINDOW_END_MS);
  assert.equal(await takeGuess(context, password('alice')), undefined);
});

test('wrong hosts of redirect URIs have the limit of user codes, and are counted apart', async () => {
  const context = await createTestContext({ limits });
  const guess = (what: Guess['what']): Guess => ({ what, user: 'alice', address: '192.0.2.1' });
  for (let i = 0; i < 3; i += 1) assert.equal(await takeGuess(context, guess('redirectHost')), undefined);
  assert.equal(await takeGuess(context, guess('redirectHost')), WINDOW_END_MS);
  assert.equal(await takeGuess(context, guess('userCode')), undefined);
});

test('guesses made at once cannot slip under the limit', async () => {
  const context = await createTestContext({ limits });
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeGuess(context, password('alice'))));
  assert.equal(taken.filter((untilMs) => untilMs === undefined).length, 2);
});

test('one who guessed right starts afresh; the address gets back that one alone', async () => {
  const context = await createTestContext({ limits });
  await takeGuess(context, password('alice'));
  await takeGuess(context, password('alice'));
  await returnGuess(context, password('alice'));
  assert.equal(await takeGuess(context, password('alice')), undefined);
  assert.equal(await takeGuess(context, password('alice')), undefined);
  assert.equal(await takeGuess(context, password('alice')), WINDOW_END_MS);
  assert.equal(await takeGuess(context, password('bob')), undefined, 'the fourth that the address has out');
  assert.equal(await takeGuess(context, password('carol')), WINDOW_END_MS);
});

test('a guess that was withdrawn leaves those before it', async () => {
  const context = await createTestContext({ limits });
  await takeGuess(context, password('alice'));
  for (let tries = 0; tries < 5; tries += 1) {
    await takeGuess(context, password('alice'));
    await withdrawGuess(context, password('alice'));
  }
  assert.equal(await takeGuess(context, password('alice')), undefined);
  assert.equal(await takeGuess(context, password('alice')), WINDOW_END_MS);
});

test('when the window has passed, guesses are free again, and until then it says how long', async () => {
  const context = await createTestContext({ limits });
  await takeGuess(context, password('alice'));
  await takeGuess(context, password('alice'));
  context.advance({ seconds: 899, milliseconds: 500 });
  const untilMs = await takeGuess(context, password('alice'));
  assert.equal(untilMs, WINDOW_END_MS);
  assert.equal(secondsUntil(context, WINDOW_END_MS), 1, 'rounded up: coming back on time is not too early');
  context.advance({ milliseconds: 500 });
  assert.equal(await takeGuess(context, password('alice')), undefined);
});

test('a restart forgets no guesses', async () => {
  using folder = temporaryFolder();
  const open = () => openSqliteStore(join(folder.path, 'latchkey.db'));
  const before = await createTestContext({ limits, store: open() });
  await takeGuess(before, password('alice'));
  await takeGuess(before, password('alice'));
  await before.store.close();
  const after = await createTestContext({ limits, store: open() });
  assert.equal(await takeGuess(after, password('alice')), WINDOW_END_MS);
  await after.store.close();
});
