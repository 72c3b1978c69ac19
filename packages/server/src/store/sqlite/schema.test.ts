import assert from 'node:assert/strict';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { describe, test } from 'node:test';
import { migrate } from './migrations.ts';

type Row = Readonly<Record<string, SQLInputValue>>;

const session: Row = {
  id: 1,
  salt: Buffer.alloc(16),
  user_id: Buffer.alloc(16, 1),
  user_version: 'v1',
  created_at_ms: 1000,
  expires_at_ms: 2000,
  ended_at_ms: null,
};
const pending: Row = {
  id: 10,
  salt: Buffer.alloc(16),
  client_id: Buffer.alloc(12),
  scopes: 'openid',
  created_at_ms: 1000,
  expires_at_ms: 2000,
  state: 'pending',
};
const approved: Row = {
  ...pending,
  id: 11,
  state: 'approved',
  user_id: Buffer.alloc(16, 1),
  user_version: 'v1',
  sign_in_session_id: 1,
};
const active: Row = { ...approved, id: 12, state: 'active', generation: 1, rotated_at_ms: 1500 };
const request: Row = {
  user_code_digest: Buffer.alloc(16),
  authorization_id: 10,
  client_name: 'a client',
  address: '192.0.2.1',
  user_agent: '',
};
const answer: Row = {
  question_digest: Buffer.alloc(16),
  decision: 'allow',
  answered_at_ms: 1000,
  authorization_id: 11,
  expires_at_ms: 2000,
};
const otherQuestion = { question_digest: Buffer.alloc(16, 1) };
const attemptWindow: Row = { subject: Buffer.alloc(16), attempts: 1, ends_at_ms: 2000 };

const id = (byte: number) => Buffer.alloc(16, byte);
const source: Row = { name: 'file', revision: 1 };
const user: Row = {
  id: id(1),
  user_name: 'alice',
  name_key: 'alice',
  display_name: 'Alice',
  status: 'enabled',
  version: 'AAAAAAAAAAA',
  revision: 1,
  source: 'file',
  created_at_ms: 1000,
  updated_at_ms: 1000,
};
const otherUser = { id: id(2), name_key: 'bob' };
const email: Row = { user_id: id(1), email_key: 'a@b.c', email: 'a@b.c', is_primary: 1 };
const externalId: Row = { issuer: 'i', external_id: '1', user_id: id(1) };
const password: Row = { user_id: id(1), hash: '$argon2id$', set_by: 'file', set_at_ms: 1000 };
const tombstone: Row = { user_id: id(9), name_key: 'zoe', deleted_at_ms: 1000 };
const group: Row = { id: id(3), name: 'admins', name_key: 'admins', revision: 1, source: 'file' };
const groupExternalId: Row = { issuer: 'i', external_id: '1', group_id: id(3) };
const membership: Row = { user_id: id(1), group_id: id(3), id: id(4), source: 'file' };
const account: Row = { id: '123456789012', name: 'A', name_key: 'a', revision: 1, source: 'file' };
const permissionSet: Row = {
  id: 'ps-0000000000000001',
  name: 'ReadOnly',
  name_key: 'readonly',
  session_duration_seconds: 3600,
  revision: 1,
  source: 'file',
};
const otherSet = { id: 'ps-0000000000000002', name: 'Admin', name_key: 'admin' };
const role: Row = { account_id: account.id!, permission_set_id: permissionSet.id!, source: 'file' };
const userAssignment: Row = { user_id: id(1), ...role };
const groupAssignment: Row = { group_id: id(3), ...role };
const directoryChange: Row = { id: id(5), at_ms: 1000, source: 'file', actor: 'file', outcome: '{}' };

/** A database with one sound row of each kind, to which one more may be added. */
function openDatabase(): {
  readonly database: DatabaseSync;
  readonly insert: (table: string, row: Row) => void;
} {
  const database = new DatabaseSync(':memory:');
  database.exec('PRAGMA foreign_keys = ON');
  migrate(database);
  const insert = (table: string, row: Row) => {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    database
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`)
      .run(...Object.values(row));
  };
  insert('sign_in_session', session);
  for (const row of [pending, approved, active]) insert('authorization', row);
  insert('device_request', request);
  insert('answer', answer);
  insert('attempt_window', attemptWindow);
  insert('directory_source', source);
  insert('directory_source', { ...source, name: 'command' });
  insert('directory_user', user);
  insert('directory_user_email', email);
  insert('directory_user_external_id', externalId);
  insert('user_password', password);
  insert('directory_tombstone', tombstone);
  insert('directory_group', group);
  insert('directory_group_external_id', groupExternalId);
  insert('membership', membership);
  insert('account', account);
  insert('permission_set', permissionSet);
  insert('user_assignment', userAssignment);
  insert('group_assignment', groupAssignment);
  insert('directory_change', directoryChange);
  return { database, insert };
}

/** What the rules forbid, as a change to a row that is otherwise sound. */
const forbidden: Readonly<Record<string, readonly [table: string, row: Row, change: Row]>> = {
  'two sign-in sessions of one id': ['sign_in_session', session, {}],
  'a sign-in session of nobody': ['sign_in_session', session, { id: 2, user_id: Buffer.alloc(0) }],
  'a sign-in session over before it began': ['sign_in_session', session, { id: 2, expires_at_ms: 1000 }],
  'a sign-in session ended before it began': ['sign_in_session', session, { id: 2, ended_at_ms: 999 }],
  'a short salt': ['sign_in_session', session, { id: 2, salt: Buffer.alloc(15) }],
  'text where an instant belongs': ['sign_in_session', session, { id: 2, created_at_ms: 'yesterday' }],
  'two authorizations of one id': ['authorization', pending, {}],
  'an authorization without a salt': ['authorization', pending, { id: 20, salt: null }],
  'an authorization of no client': ['authorization', pending, { id: 20, client_id: Buffer.alloc(0) }],
  'an authorization over before it began': ['authorization', pending, { id: 20, expires_at_ms: 1000 }],
  'an unknown state': ['authorization', pending, { id: 20, state: 'blessed' }],
  'approval without a sign-in session': ['authorization', approved, { id: 20, sign_in_session_id: null }],
  'approval in a sign-in session there is not': [
    'authorization',
    approved,
    { id: 20, sign_in_session_id: 9 },
  ],
  'approval by nobody': ['authorization', approved, { id: 20, user_id: null }],
  'approval by nobody in particular': ['authorization', approved, { id: 20, user_version: null }],
  'a pending authorization that has a person': ['authorization', approved, { id: 20, state: 'pending' }],
  'a denied authorization that has a person': ['authorization', approved, { id: 20, state: 'denied' }],
  'an active authorization without tokens': ['authorization', active, { id: 20, generation: 0 }],
  'an active authorization never redeemed': ['authorization', active, { id: 20, rotated_at_ms: null }],
  'tokens before redemption': ['authorization', approved, { id: 20, generation: 1 }],
  'a redirect URI without a code challenge': [
    'authorization',
    approved,
    { id: 20, redirect_uri: 'https://a' },
  ],
  'a code challenge of the wrong length': [
    'authorization',
    approved,
    { id: 20, redirect_uri: 'https://a', code_challenge: 'plain' },
  ],
  'an authorization ended before it began': ['authorization', active, { id: 20, ended_at_ms: 999 }],
  'two requests of one user code': ['device_request', request, { authorization_id: 11 }],
  'two requests of one authorization': ['device_request', request, { user_code_digest: Buffer.alloc(16, 1) }],
  'a request of no authorization': [
    'device_request',
    request,
    { user_code_digest: Buffer.alloc(16, 1), authorization_id: 99 },
  ],
  'a user code kept as it is': [
    'device_request',
    request,
    { user_code_digest: Buffer.from('BCDF-GHJK'), authorization_id: 11 },
  ],
  'two answers to one question': ['answer', answer, {}],
  'an answer that is neither allow nor deny': ['answer', answer, { ...otherQuestion, decision: 'perhaps' }],
  'an answer that allowed nothing': ['answer', answer, { ...otherQuestion, authorization_id: null }],
  'an answer that denied something that was allowed': [
    'answer',
    answer,
    { ...otherQuestion, decision: 'deny' },
  ],
  'an answer that was over before it was given': [
    'answer',
    answer,
    { ...otherQuestion, expires_at_ms: 1000 },
  ],
  'a question kept as it is': [
    'answer',
    answer,
    { question_digest: Buffer.from('alice: BCDF-GHJK').subarray(0, 15) },
  ],
  'two windows of one subject': ['attempt_window', attemptWindow, {}],
  'a window without attempts': [
    'attempt_window',
    attemptWindow,
    { subject: Buffer.alloc(16, 1), attempts: 0 },
  ],
  'a holder longer than the prefix of a network': [
    'attempt_window',
    attemptWindow,
    { subject: Buffer.alloc(16, 1), holder: Buffer.alloc(16) },
  ],
  'a digest that is none': [
    'directory_source',
    source,
    { name: 'page', digest: Buffer.alloc(20), applied_at_ms: 1 },
  ],
  'a digest of no time': ['directory_source', source, { name: 'page', digest: Buffer.alloc(32) }],
  'two users of one id': ['directory_user', user, { name_key: 'bob' }],
  'two users of one name': ['directory_user', user, { id: id(2) }],
  'a user id that is no UUID': ['directory_user', user, { ...otherUser, id: Buffer.alloc(15) }],
  'a user without a name': ['directory_user', user, { ...otherUser, user_name: '' }],
  'an unknown status': ['directory_user', user, { ...otherUser, status: 'away' }],
  'a user who has left, yet is enabled': ['directory_user', user, { ...otherUser, left_at_ms: 1000 }],
  'a block by nobody': ['directory_user', user, { ...otherUser, blocked_at_ms: 1000 }],
  'a short version': ['directory_user', user, { ...otherUser, version: 'v1' }],
  'a user of a source there is not': ['directory_user', user, { ...otherUser, source: 'page' }],
  'an address of nobody': ['directory_user_email', email, { user_id: id(2) }],
  'an address twice': ['directory_user_email', email, { email: 'A@b.c' }],
  'an external id of nobody': [
    'directory_user_external_id',
    externalId,
    { external_id: '2', user_id: id(2) },
  ],
  'two external ids of one issuer': ['directory_user_external_id', externalId, { external_id: '2' }],
  'a password of nobody': ['user_password', password, { user_id: id(2) }],
  'two passwords of one user': ['user_password', password, { hash: '$argon2id$2' }],
  'two tombstones of one user': ['directory_tombstone', tombstone, {}],
  'two groups of one name': ['directory_group', group, { id: id(2) }],
  'a group handed over by a source there is not': [
    'directory_group',
    { ...group, source: 'command' },
    { id: id(2), name_key: 'b', handed_over_by: 'page' },
  ],
  'a group handed over, yet its own source’s': [
    'directory_group',
    group,
    { id: id(2), name_key: 'b', handed_over_by: 'file' },
  ],
  'a group of no revision': ['directory_group', group, { id: id(2), name_key: 'b', revision: 0 }],
  'an external id of two groups': ['directory_group_external_id', groupExternalId, {}],
  'a membership of nobody': ['membership', membership, { user_id: id(2), id: id(6) }],
  'a membership in no group': ['membership', membership, { group_id: id(2), id: id(6) }],
  'a membership twice': ['membership', membership, { id: id(6) }],
  'an account id with letters': ['account', account, { id: '12345678901x' }],
  'a short account id': ['account', account, { id: '1234' }],
  'two accounts of one id': ['account', account, { name: 'B' }],
  'two permission sets of one folded name': [
    'permission_set',
    permissionSet,
    { ...otherSet, name_key: 'readonly' },
  ],
  'role credentials for a minute': [
    'permission_set',
    permissionSet,
    { ...otherSet, session_duration_seconds: 60 },
  ],
  'role credentials for a day': [
    'permission_set',
    permissionSet,
    { ...otherSet, session_duration_seconds: 86_400 },
  ],
  'an assignment to nobody': ['user_assignment', userAssignment, { user_id: id(2) }],
  'an assignment to no group': ['group_assignment', groupAssignment, { group_id: id(2) }],
  'an assignment in no account': ['user_assignment', userAssignment, { account_id: '000000000000' }],
  'an assignment of no permission set': ['group_assignment', groupAssignment, { permission_set_id: 'ps' }],
  'an assignment twice': ['user_assignment', userAssignment, {}],
  'a change twice': ['directory_change', directoryChange, {}],
  'an outcome that is no JSON': ['directory_change', directoryChange, { id: id(6), outcome: 'done' }],
  'a second state of the directory': ['directory_state', { one: 2, adopts_versions: 0 }, {}],
  'a subject kept as it is': ['attempt_window', attemptWindow, { subject: Buffer.from('password of alice') }],
};

describe('the schema refuses', () => {
  for (const [what, [table, row, change]] of Object.entries(forbidden)) {
    test(what, () => {
      const { insert } = openDatabase();
      assert.throws(() => insert(table, { ...row, ...change }), /constraint failed|cannot store/);
    });
  }
});

/** What refers to an entry of the directory, as the table of the entry. */
const referredTo = ['directory_source', 'directory_user', 'directory_group', 'account', 'permission_set'];

describe('the schema lets nobody remove', () => {
  for (const table of referredTo) {
    test(`a row of ${table} that another one refers to`, () => {
      const { database } = openDatabase();
      assert.throws(() => database.exec(`DELETE FROM ${table}`), /FOREIGN KEY constraint failed/);
    });
  }
});
