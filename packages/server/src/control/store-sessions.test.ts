import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEvent } from '../audit/audit.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { MINUTE_MS, newSignInSession, START_MS, signInAlice, startSession } from '../store/testing/rows.ts';
import { openStoreSessions } from './store-sessions.ts';

const HOUR_MS = 60 * MINUTE_MS;

function open() {
  const store = openSqliteStore(':memory:');
  const events: AuditEvent[] = [];
  let nowMs = START_MS;
  const sessions = openStoreSessions({
    ...{ store, now: () => nowMs },
    audit: { record: (event) => void events.push(event) },
  });
  const setTime = (ms: number) => {
    nowMs = ms;
  };
  return { store, events, sessions, setTime };
}

test('a search that finds nothing in twenty thousand sessions is answered with where it goes on, and comes to its end', async () => {
  const { store, sessions } = open();
  const inserts = Array.from({ length: 25_000 }, (_, index) =>
    store.insertSignInSession(newSignInSession({ address: `10.0.0.${index % 200}` })),
  );
  await Promise.all(inserts);
  const { signInSessionId } = await signInAlice(store, { address: '192.0.2.77', createdAtMs: START_MS - 1 });
  const found: number[] = [];
  let answers = 0;
  for (let before: number | undefined; ; answers += 1) {
    const from = before === undefined ? {} : { before };
    const search = { kind: 'browser', address: '192.0.2.0/24', limit: 10, ...from } as const;
    const page = await sessions.searchSessions(search);
    found.push(...page.sessions.map(({ id }) => id));
    before = page.before;
    if (before === undefined) break;
  }
  assert.ok(answers >= 1);
  assert.deepEqual(found, [signInSessionId]);
  await store.close();
});

test('sessions are found by their age and by when they were last used', async () => {
  const { store, sessions, setTime } = open();
  const times = { expiresAtMs: START_MS + 90 * HOUR_MS };
  const old = (await signInAlice(store, times)).signInSessionId;
  const young = (await signInAlice(store, { ...times, createdAtMs: START_MS + 5 * HOUR_MS })).signInSessionId;
  await store.noteUse(
    { kind: 'browser', id: old },
    { nowMs: START_MS + 6 * HOUR_MS, address: '::1', userAgent: '' },
  );
  setTime(START_MS + 7 * HOUR_MS);
  const found = async (condition: object) =>
    (await sessions.searchSessions({ kind: 'browser', limit: 10, ...condition })).sessions.map(
      ({ id }) => id,
    );
  assert.deepEqual(await found({ begunBeforeMs: START_MS + HOUR_MS }), [old]);
  assert.deepEqual(await found({ usedBeforeMs: START_MS + 6 * HOUR_MS }), [young]);
  assert.deepEqual(await found({ address: '::1' }), [old]);
  await store.close();
});

test('what is ended and revoked is audited with who asked for it, once', async () => {
  const { store, events, sessions } = open();
  const approval = await signInAlice(store);
  const id = await startSession(store, approval);
  assert.equal(await sessions.endSession({ kind: 'program', id }, 'command:root'), true);
  assert.equal(await sessions.endSession({ kind: 'program', id }, 'command:root'), false);
  assert.equal(await sessions.endSession({ kind: 'program', id: 1 }, 'command:root'), false);
  const role = { accountId: '000011112222', roleName: 'Developer' };
  const revoked = await sessions.revokeRole(role, {
    beforeMs: START_MS + HOUR_MS,
    actor: 'command:root',
  });
  assert.deepEqual(revoked, { issuedBeforeMs: START_MS }, 'not later than now');
  const { userId } = approval;
  assert.deepEqual(events, [
    { event: 'sessionEnded', session: 'program', sessionId: id, userId, actor: 'command:root' },
    { event: 'roleRevoked', ...role, issuedBefore: '2026-01-01T00:00:00.000Z', actor: 'command:root' },
  ]);
  await store.close();
});
