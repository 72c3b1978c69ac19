import assert from 'node:assert/strict';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { describe, test } from 'node:test';
import { migrate } from './migrations.ts';

type Row = Readonly<Record<string, SQLInputValue>>;

const session: Row = {
  id: 1,
  salt: Buffer.alloc(16),
  user_id: 'alice',
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
  user_id: 'alice',
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

/** A database with one sound row of each kind, to which one more may be added. */
function openDatabase(): (table: string, row: Row) => void {
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
  return insert;
}

/** What the rules forbid, as a change to a row that is otherwise sound. */
const forbidden: Readonly<Record<string, readonly [table: string, row: Row, change: Row]>> = {
  'two sign-in sessions of one id': ['sign_in_session', session, {}],
  'a sign-in session of nobody': ['sign_in_session', session, { id: 2, user_id: '' }],
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
  'a subject kept as it is': ['attempt_window', attemptWindow, { subject: Buffer.from('password of alice') }],
};

describe('the schema refuses', () => {
  for (const [what, [table, row, change]] of Object.entries(forbidden)) {
    test(what, () => {
      const insert = openDatabase();
      assert.throws(() => insert(table, { ...row, ...change }), /constraint failed|cannot store/);
    });
  }
});
