import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import type { AuditEvent, DirectoryChangedEvent } from './audit.ts';
import { keepEvents, logKeptEvents } from './kept-events.ts';

const origin = { address: 'local', userAgent: 'latchkey', requestId: 'request-1' };
const event: DirectoryChangedEvent = {
  event: 'directoryChanged',
  step: 'blockUser',
  did: 'changed',
  source: 'command',
  actor: 'command:root',
  userId: 'user-1',
  userName: 'alice',
};

test('what commands change while no server runs is an audit event of the next start, with its time', async () => {
  using folder = temporaryFolder();
  const audit = keepEvents(folder.path, () => 1_000);
  audit.record(event, origin);
  audit.record({ ...event, step: 'unblockUser' }, origin);
  const [file = ''] = readdirSync(folder.path);
  assert.equal(statSync(join(folder.path, file)).mode & 0o777, 0o600);
  // A command that was killed while it wrote.
  appendFileSync(join(folder.path, file), '{"event":');
  const logged: AuditEvent[] = [];
  const warnings: string[] = [];
  const log = { record: (each: AuditEvent) => void logged.push(each) };
  await logKeptEvents(folder.path, log, (message) => warnings.push(message));
  assert.deepEqual(logged, [
    { ...event, atMs: 1_000 },
    { ...event, step: 'unblockUser', atMs: 1_000 },
  ]);
  assert.equal(warnings.length, 1);
  assert.deepEqual(readdirSync(folder.path), []);
  await logKeptEvents(folder.path, log, assert.fail);
  assert.equal(logged.length, 2);
});
