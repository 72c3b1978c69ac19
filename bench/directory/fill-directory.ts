import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../packages/server/src/store/sqlite/migrations.ts';

/** How many entries a directory has. */
export interface DirectorySize {
  readonly users: number;
  readonly groups: number;
  readonly accounts: number;
  /** Assignments of groups, over all accounts and permission sets. */
  readonly assignments: number;
  /** The users who are of the file; the others are of commands. Default: all. */
  readonly usersOfFile?: number;
}

export const PERMISSION_SETS = 40;
/** Groups that the first user is a member of; each has roles in 200 accounts. */
const GROUPS_OF_FIRST = 50;
const ACCOUNTS_OF_EACH = 200;
/** Roles that the second user has in every account. */
const ROLES_OF_SECOND = 10;
const VERSION = 'AAAAAAAAAAA';
const NO_HURRY_MS = Number.MAX_SAFE_INTEGER;

export const userId = (user: number) => uuidOf('user', user);
export const accountId = (account: number) => String(account * 17).padStart(12, '0');
export const roleName = (permissionSet: number) => `Role${permissionSet}`;

/**
 * Writes a database with a directory straight into its tables, which is some 20 times as fast as by changes. The first
 * user is a member of 50 groups, the second has roles in every account, each other one is a member of one group. Users
 * from the first on have a session each.
 */
export function fillDirectory(
  file: string,
  { users, groups, accounts, assignments, usersOfFile = users }: DirectorySize,
  sessions: number,
): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000');
  migrate(database);
  database.exec(
    "PRAGMA foreign_keys = OFF; BEGIN; INSERT INTO directory_source (name, revision) VALUES ('file', 1), ('command', 1)",
  );
  // An index is made ten times as fast of all rows at once.
  const indexes = database
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
    .all() as unknown as readonly { readonly name: string; readonly sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  const insert = (table: string, values: string) => {
    const statement = database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${values})`);
    return (...row: readonly (string | number | Uint8Array)[]) => void statement.run(...row);
  };
  // In the order of keys, a table grows at its end.
  const userIds = Array.from({ length: users }, (_, user) => [idOf('user', user), user] as const);
  const inOrder = userIds.toSorted(([left], [right]) => Buffer.compare(left, right));
  const user = insert('directory_user', `?, ?, ?, ?, 'enabled', NULL, NULL, NULL, '${VERSION}', 1, ?, 0, 0`);
  const sourceOf = (number: number) => (number < usersOfFile ? 'file' : 'command');
  for (const [id, number] of inOrder)
    user(id, `user${number}`, `user${number}`, `User ${number}`, sourceOf(number));
  const email = insert('directory_user_email', '?, ?, ?, NULL, 1');
  for (const [id, number] of inOrder) email(id, `user${number}@example.com`, `user${number}@example.com`);

  const groupIds = Array.from({ length: groups }, (_, group) => idOf('group', group));
  const group = insert('directory_group', "?, ?, ?, NULL, 1, 'file', NULL");
  for (const [number, id] of groupIds.entries()) group(id, `group${number}`, `group${number}`);
  const membership = insert('membership', "?, ?, ?, 'file'");
  const join = (id: Uint8Array, number: number, of: number) =>
    membership(id, groupIds[of]!, idOf('membership', number * groups + of));
  for (const [id, number] of inOrder) join(id, number, (number * 7) % groups);
  for (let of = 0; of < GROUPS_OF_FIRST; of += 1) join(userIds[0]![0], 0, of);

  const account = insert('account', "?, ?, ?, NULL, 1, 'file', NULL");
  for (let number = 0; number < accounts; number += 1)
    account(accountId(number), `Account ${number}`, `account ${number}`);
  const permissionSet = insert('permission_set', "?, ?, ?, NULL, 3600, 1, 'file', NULL");
  const setId = (number: number) => `ps-${String(number % PERMISSION_SETS).padStart(16, '0')}`;
  for (let number = 0; number < PERMISSION_SETS; number += 1) {
    permissionSet(setId(number), roleName(number), roleName(number).toLowerCase());
  }
  const toGroup = insert('group_assignment', "?, ?, ?, 'file'");
  for (let number = 0; number < assignments; number += 1) {
    toGroup(groupIds[number % groups]!, accountId((number * 31) % accounts), setId(number));
  }
  for (let of = 0; of < GROUPS_OF_FIRST; of += 1) {
    for (let number = 0; number < ACCOUNTS_OF_EACH; number += 1) {
      toGroup(groupIds[of]!, accountId((of * 97 + number * 23) % accounts), setId(number));
    }
  }
  const toUser = insert('user_assignment', "?, ?, ?, 'file'");
  for (let number = 0; number < accounts; number += 1) {
    for (let role = 0; role < ROLES_OF_SECOND; role += 1)
      toUser(userIds[1]![0], accountId(number), setId(role));
  }

  const signIn = insert('sign_in_session', `?, zeroblob(16), ?, '${VERSION}', 0, ${NO_HURRY_MS}, NULL`);
  const authorize = insert(
    'authorization',
    `?, zeroblob(16), zeroblob(12), 'sso:account:access', 0, ${NO_HURRY_MS}, 'active', ?, '${VERSION}', ?,
     NULL, NULL, 1, 1, '', NULL`,
  );
  for (const [id, number] of userIds.slice(0, sessions)) {
    signIn(number + 1, id);
    authorize(number + 1, id, number + 1);
  }
  for (const { sql } of indexes) database.exec(sql);
  database.exec('COMMIT');
  database.close();
}

/** Has a database say that the file with a digest was applied to it wholly. */
export function noteFile(file: string, digest: Uint8Array): void {
  using database = new DatabaseSync(file);
  const note = database.prepare(
    "UPDATE directory_source SET digest = ?, applied_at_ms = 0 WHERE name = 'file'",
  );
  note.run(digest);
}

/** A random-looking id that follows from a number. */
function idOf(kind: string, number: number): Buffer {
  return hash('sha256', `${kind} ${number}`, 'buffer').subarray(0, 16);
}

function uuidOf(kind: string, number: number): string {
  const hex = idOf(kind, number).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
