import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { nameKey } from '../../directory/name-key.ts';
import { renderPasswordHash } from '../../people/password-hash.ts';
import { START_MS } from './rows.ts';

type Row = Readonly<Record<string, SQLInputValue>>;

const DAY_MS = 86_400_000;
const FAR_MS = START_MS + 90 * DAY_MS;
const SOURCES = ['file', 'command', 'page', 'provisioning:okta', 'provider:entra'];
const passwordHash = renderPasswordHash({
  ...{ memory: 19_456, passes: 2, parallelism: 1 },
  ...{ salt: Buffer.alloc(16, 1), tag: Buffer.alloc(32, 2) },
});

/**
 * Fills every table of a new store in SQLite with sound rows, in every state that a row may have: people of each source, those
 * that left or are blocked, entries that were handed over, tombstones, live, ended and expired sessions, requests that wait, are
 * approved or denied, answers, windows of attempts.
 *
 * @param count - how many rows a table has, about
 */
export function fillTables(database: DatabaseSync, count: number): void {
  const insert = (table: string, row: Row) => {
    const names = Object.keys(row);
    database
      .prepare(`INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(row));
  };
  database.exec('BEGIN');
  for (const [index, name] of SOURCES.entries()) {
    const digest = index % 2 === 0 ? Buffer.alloc(32, index + 1) : null;
    insert('directory_source', { name, revision: index, digest, applied_at_ms: digest && START_MS });
  }
  for (let index = SOURCES.length; index < count; index += 1) {
    insert('directory_source', { name: `provisioning:${index}`, revision: 0 });
  }
  for (let index = 0; index < count; index += 1) {
    for (const [table, row] of rowsOf(index)) insert(table, row);
  }
  database.exec('COMMIT');
}

/** The id of a person whom `fillTables` makes. */
export function uuid(kind: string, index: number): Buffer {
  return hash('sha256', `${kind} ${index}`, 'buffer').subarray(0, 16);
}

/** Ids as a store makes them: they rise, and are near the largest that is safe. */
export function rowId(index: number): number {
  return 1_000_000_000_000_000 + index * 4_096;
}

function rowsOf(index: number): readonly (readonly [string, Row])[] {
  const source = SOURCES[index % SOURCES.length]!;
  const names = [`Zoë ${index}`, `ﬁle ${index}`, `用户${index}`, `O'Neil "${index}" \\ {x},NULL`];
  const name = names[index % names.length]!;
  const left = index % 7 === 3;
  const blocked = index % 11 === 5;
  const user = uuid('user', index);
  const group = uuid('group', index);
  const account = String(100_000_000_000 + index);
  const permissionSet = `ps-${uuid('permission set', index).toString('hex').slice(0, 16)}`;
  const handedOver = index % 5 === 1 ? { source: 'command', handed_over_by: 'file' } : { source };
  const version = `version${String(index % 1000).padStart(4, '0')}`;
  return [
    [
      'directory_user',
      {
        ...{ id: user, user_name: name, name_key: nameKey(name), display_name: `  ${name}\n` },
        ...{ status: left ? 'disabled' : 'enabled', left_at_ms: left ? START_MS : null },
        ...{ blocked_by: blocked ? 'admin@host' : null, blocked_at_ms: blocked ? START_MS : null },
        ...{ version, revision: index + 1, source, created_at_ms: START_MS, updated_at_ms: START_MS + index },
      },
    ],
    [
      'directory_user_email',
      {
        ...{ user_id: user, email_key: nameKey(`U${index}@example.org`), email: `U${index}@example.org` },
        ...{ kind: index % 2 ? 'work' : null, is_primary: index % 2 },
      },
    ],
    ['directory_user_external_id', { issuer: source, external_id: `id ${index}`, user_id: user }],
    ['user_password', { user_id: user, hash: passwordHash, set_by: 'command', set_at_ms: START_MS }],
    [
      'directory_tombstone',
      { user_id: uuid('gone', index), name_key: `gone ${index}`, deleted_at_ms: START_MS },
    ],
    [
      'directory_group',
      {
        id: group,
        name,
        name_key: nameKey(name),
        description: index % 2 ? '' : null,
        revision: 1,
        ...handedOver,
      },
    ],
    ['directory_group_external_id', { issuer: source, external_id: `id ${index}`, group_id: group }],
    ['membership', { user_id: user, group_id: group, id: uuid('membership', index), source }],
    [
      'account',
      {
        id: account,
        name,
        name_key: nameKey(name),
        email: index % 2 ? 'a@b.c' : null,
        revision: 1,
        ...handedOver,
      },
    ],
    [
      'permission_set',
      {
        ...{ id: permissionSet, name: `Set${index}`, name_key: `set${index}`, description: null },
        ...{ session_duration_seconds: 900 + index, revision: 1, ...handedOver },
      },
    ],
    ['user_assignment', { user_id: user, account_id: account, permission_set_id: permissionSet, source }],
    ['group_assignment', { group_id: group, account_id: account, permission_set_id: permissionSet, source }],
    [
      'directory_change',
      { id: uuid('change', index), at_ms: START_MS, source, actor: 'file', outcome: '{"kind":"done"}' },
    ],
    [
      'sign_in_session',
      {
        ...{ id: rowId(index), salt: uuid('salt', index), user_id: user, user_version: version },
        ...{ created_at_ms: START_MS, expires_at_ms: index % 6 === 4 ? START_MS + 1 : FAR_MS },
        ended_at_ms: index % 4 === 2 ? START_MS + 5 : null,
        factors: ['password', 'password totp', 'passkey', null][index % 4]!,
        ...used(index),
      },
    ],
    ...factorsOf(index, user),
    ...sessionsOf(index, user, version),
    [
      'role_revocation',
      { account_id: account, role_name: `Set${index}`, issued_before_ms: START_MS + index },
    ],
    [
      'answer',
      {
        ...{ question_digest: uuid('question', index), decision: index % 2 ? 'allow' : 'deny' },
        ...{
          answered_at_ms: START_MS,
          authorization_id: index % 2 ? rowId(index) : null,
          expires_at_ms: FAR_MS,
        },
      },
    ],
    [
      'attempt_window',
      {
        ...{ subject: uuid('subject', index), attempts: index + 1, ends_at_ms: FAR_MS },
        holder: Buffer.alloc([0, 4, 5, 8][index % 4]!, index % 256),
      },
    ],
  ];
}

function factorsOf(index: number, user: Buffer): readonly (readonly [string, Row])[] {
  const factor = {
    ...{ id: uuid('factor', index), user_id: user, name: `Telefon ${index} é`, created_at_ms: START_MS },
    ...{ last_used_at_ms: index % 3 ? START_MS + index : null, counter: index * 7 },
  };
  const kinds = [
    { kind: 'totp', sealed_secret: Buffer.alloc(49, index % 256), key_id: index % 256 },
    {
      ...{ kind: 'passkey', credential_id: uuid('credential', index), transports: index % 4 ? 'usb' : '' },
      public_key: Buffer.alloc(77, index % 256),
    },
  ] as const;
  return [
    ['factor', { ...factor, ...kinds[index % 2]! }],
    [
      'recovery_code',
      {
        ...{ user_id: user, code_digest: hash('sha256', `code ${index}`, 'buffer'), created_at_ms: START_MS },
        used_at_ms: index % 3 === 1 ? START_MS : null,
      },
    ],
    [
      'one_time_link',
      {
        ...{ user_id: user, token_digest: hash('sha256', `link ${index}`, 'buffer') },
        ...{ user_version: 'version0001', purpose: ['sign-in', 'password', 'factor'][index % 3]! },
        ...{ created_at_ms: START_MS, expires_at_ms: FAR_MS },
      },
    ],
    [
      'notice',
      {
        ...{ id: uuid('notice', index), user_id: user, kind: 'passwordChanged', at_ms: START_MS + index },
        ...{ detail: '{}', told_at_ms: index % 2 ? START_MS + index : null },
      },
    ],
    ['spent_challenge', { challenge_digest: uuid('challenge', index), expires_at_ms: FAR_MS }],
  ];
}

/** What an earlier release made says nothing of its use. */
function used(index: number): Row {
  if (index % 3 === 1) return {};
  return { used_at_ms: START_MS + index, used_from: '2001:db8::7', used_with: `agent ${index}` };
}

function sessionsOf(index: number, user: Buffer, version: string): readonly (readonly [string, Row])[] {
  const state = (['active', 'pending', 'approved', 'denied'] as const)[index % 4]!;
  const person = { user_id: user, user_version: version, sign_in_session_id: rowId(index) };
  const row = {
    ...{ id: rowId(index), salt: uuid('other salt', index), client_id: Buffer.alloc(12, index % 256) },
    ...{ scopes: 'openid sso:account:access', created_at_ms: START_MS, expires_at_ms: FAR_MS, state },
    registered_name: index % 5 === 0 ? null : `client ${index} é`,
  };
  const rows = {
    active: {
      ...{ ...person, generation: index + 1, rotated_at_ms: START_MS + 2 },
      ...{ earlier_rotations_ms: index % 8 === 0 ? `${START_MS} ${START_MS + 1}` : '' },
      ended_at_ms: index % 8 === 4 ? START_MS + 3 : null,
      ...used(index),
    },
    pending: {},
    approved: { ...person, redirect_uri: 'http://127.0.0.1:1/', code_challenge: 'c'.repeat(43) },
    denied: {},
  } as const;
  const addresses = ['192.0.2.7', '2001:db8:1:2::3', 'unix socket', '64:ff9b::192.0.2.1'];
  const request = {
    ...{ user_code_digest: uuid('user code', index), authorization_id: row.id },
    ...{ client_name: `client ${index} é`, address: addresses[(index >> 2) % 4]!, user_agent: '' },
  };
  return [
    ['authorization', { ...row, ...rows[state] }],
    ...(state === 'pending' ? [['device_request', request] as const] : []),
  ];
}
