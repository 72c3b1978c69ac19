import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../packages/server/src/store/sqlite/sqlite-store.ts';
import { accountId, type DirectorySize, fillDirectory, roleName, userId } from './fill-directory.ts';
import type { Opened } from './open-store.ts';

const PAGE = 101;
const SESSIONS = 10_000;

/**
 * Times the directory in the store. Fills a database with 1,000,000 users, 50,000 groups, 5,000 accounts and some 200,000
 * assignments (a tenth of the users when quick), then asks what requests ask. Times are processor times, as other programs may
 * be running.
 */
export async function measureStore(isQuick: boolean): Promise<void> {
  const size: DirectorySize = isQuick
    ? { users: 100_000, groups: 5_000, accounts: 5_000, assignments: 20_000 }
    : { users: 1_000_000, groups: 50_000, accounts: 5_000, assignments: 140_000 };
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-directory-'));
  try {
    const file = join(folder, 'latchkey.db');
    console.error(`filling a directory of ${size.users.toLocaleString('en')} users`);
    fillDirectory(file, size, SESSIONS);
    const empty = openElsewhere(join(folder, 'empty.db'));
    const filled = openElsewhere(file);
    console.log(`database: ${(statSync(file).size / 1e6).toFixed(0)} MB`);
    console.log(`opening it: ${filled.ms.toFixed(1)} ms, an empty one ${empty.ms.toFixed(1)} ms`);
    console.log(`memory: ${(filled.mb - empty.mb).toFixed(1)} MB more than with an empty one`);
    await measureReads(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a database in a process of its own. */
function openElsewhere(file: string): Opened {
  const script = join(import.meta.dirname, 'open-store.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, file];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Opened;
}

async function measureReads(file: string): Promise<void> {
  const store = openSqliteStore(file);
  const middle = accountId(2_500);
  const people = { 'in 50 groups': userId(0), 'with all accounts': userId(1), 'in one group': userId(77) };
  for (const [who, id] of Object.entries(people)) {
    await measure(`page of accounts, a person ${who}`, () => store.listAccounts(id, { limit: PAGE }));
    await measure(`a later page of accounts, a person ${who}`, () =>
      store.listAccounts(id, { after: middle, limit: PAGE }),
    );
    await measure(`page of roles, a person ${who}`, () => store.listRoles(id, middle, { limit: PAGE }));
    const role = { accountId: middle, roleName: roleName(3) };
    await measure(`one role, a person ${who}`, () => store.findAssignedRole(id, role));
    await measure(`a search that finds nothing, a person ${who}`, () =>
      store.listAccounts(id, { limit: 50, matching: 'nothing' }),
    );
  }
  let next = 0;
  const session = (people: number) => {
    next += 7919;
    return store.findAuthorization((next % people) + 1);
  };
  await measure('a session, of 1,000 people', () => session(1_000), 20_000);
  await measure('a session, of 10,000 people', () => session(SESSIONS), 20_000);
  await measure('a user by name', (n) => store.findUserByName(`user${n * 31}`), 1_000);
  await measure('a user by address', (n) => store.findUserByName(`user${n * 31}@example.com`), 1_000);
  await measure('page of users of one source', () =>
    store.listEntries('user', { source: 'file', limit: 100 }),
  );
  await measure('counts of all entries', () => store.countEntries(), 3);
  const user = { displayName: 'New', emails: [], externalIds: [], status: 'enabled' } as const;
  await measure('a change that adds 100 users', (n) =>
    store.changeDirectory({
      ...{ source: 'command', actor: 'bench', nowMs: 0 },
      steps: Array.from({ length: 100 }, (_, index) => ({
        kind: 'addUser',
        user: { ...user, userName: `new${index * 7919}x${n}` },
      })),
    }),
  );
  await store.close();
}

/** Prints the mean of the processor time. */
async function measure(what: string, ask: (n: number) => Promise<unknown>, times = 100): Promise<void> {
  await ask(0);
  const before = process.cpuUsage();
  for (let n = 1; n <= times; n += 1) await ask(n);
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000 / times;
  console.log(`${what}: ${ms < 0.1 ? `${(ms * 1000).toFixed(1)} us` : `${ms.toFixed(2)} ms`}`);
}
