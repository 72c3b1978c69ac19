import { rowId } from '../../store/testing/fill-tables.ts';

/** What a store filled by `fillTables` is made to have, by SQL that every engine takes without its constraints, and what a check says. */
export const corruptions: readonly (readonly [what: string, sql: string, said: readonly RegExp[]])[] = [
  [
    'a sign-in session with a short salt',
    `UPDATE sign_in_session SET salt = substr(salt, 1, 15) WHERE id = ${rowId(4)}`,
    [new RegExp(`^sign_in_session id ${rowId(4)}: salt has 15 bytes, not 16$`)],
  ],
  [
    'a sign-in session of nobody',
    `UPDATE sign_in_session SET user_id = (SELECT id FROM membership WHERE source = 'page' ORDER BY id LIMIT 1) WHERE id = ${rowId(8)}`,
    [
      new RegExp(`^sign_in_session id ${rowId(8)}: it is of nobody`),
      new RegExp(`^authorization id ${rowId(8)}: it is of another user than its sign-in session$`),
    ],
  ],
  [
    'an id that is no safe integer',
    `UPDATE answer SET authorization_id = 9007199254740993, expires_at_ms = -1 WHERE answered_at_ms > 0 AND authorization_id = ${rowId(1)}`,
    [
      /^answer question_digest [0-9a-f]{32}: expires_at_ms is no instant: -1$/,
      /expires_at_ms is before answered_at_ms$/,
    ],
  ],
  [
    'a TOTP factor whose secret is sealed under another key than it says',
    `UPDATE factor SET key_id = 255 WHERE name = 'Telefon 4 é'`,
    [/^factor id [-0-9a-f]{36}: its kind, its secret and the key of that do not go together$/],
  ],
  [
    'a factor of another kind than its credential',
    `UPDATE factor SET kind = 'totp', sealed_secret = code_digest, key_id = 1 FROM recovery_code r
     WHERE name = 'Telefon 5 é' AND r.user_id = factor.user_id`,
    [
      /^factor id .*: its kind, its secret and/,
      /^factor id .*: its kind and its credential do not go together$/,
    ],
  ],
  [
    'a recovery code that was used before it was made',
    `UPDATE recovery_code SET used_at_ms = created_at_ms - 1 WHERE user_id = (SELECT user_id FROM recovery_code ORDER BY user_id LIMIT 1)`,
    [/^recovery_code user_id .*: used_at_ms is before created_at_ms$/],
  ],
  [
    'a row id out of range',
    `UPDATE "authorization" SET id = 9007199254740993 WHERE id = ${rowId(3)}`,
    [/^authorization id 9007199254740993: its id is out of range$/],
  ],
  [
    'an authorization whose sign-in session is gone',
    `DELETE FROM sign_in_session WHERE id = ${rowId(0)}`,
    [
      new RegExp(
        `^authorization id ${rowId(0)}: its sign_in_session_id ${rowId(0)} is no id of sign_in_session$`,
      ),
    ],
  ],
  [
    'assignments in an account that is gone',
    "DELETE FROM account WHERE id = '100000000003'",
    [
      /^user_assignment user_id [-0-9a-f]{36}, account_id 100000000003, permission_set_id ps-[0-9a-f]{16}: its account_id 100000000003 is no id of account$/,
      /^group_assignment .*: its account_id 100000000003 is no id of account$/,
    ],
  ],
  [
    'people whose group is gone',
    `DELETE FROM directory_group WHERE name_key = (SELECT max(name_key) FROM directory_group)`,
    [
      /^membership user_id .*: its group_id [-0-9a-f]{36} is no id of directory_group$/,
      /^directory_group_external_id .*/,
      /^group_assignment .*/,
    ],
  ],
  [
    'a person of an unknown source',
    `UPDATE directory_user SET source = 'sheet' WHERE name_key = (SELECT max(name_key) FROM directory_user)`,
    [
      /^directory_user id [-0-9a-f]{36}: source is no known source: "sheet"$/,
      /^directory_user id .*: its source sheet is no name of directory_source$/,
    ],
  ],
  [
    'a person who is not found by name',
    `UPDATE directory_user SET name_key = 'Other' WHERE name_key = (SELECT max(name_key) FROM directory_user)`,
    [/^directory_user id .*: name_key does not follow from user_name/],
  ],
  [
    'a password hash that cannot be read',
    `UPDATE user_password SET hash = 'secret' WHERE set_at_ms > 0 AND user_id = (SELECT user_id FROM membership WHERE source = 'page' ORDER BY user_id LIMIT 1)`,
    [/^user_password user_id [-0-9a-f]{36}: the password hash cannot be read/],
  ],
  [
    'an external id that is empty',
    `UPDATE directory_user_external_id SET external_id = '' WHERE issuer = 'file' AND external_id = 'id 0'`,
    [/^directory_user_external_id issuer file, external_id : its issuer or its external id is empty$/],
  ],
  [
    'a denied authorization of somebody',
    `UPDATE "authorization" SET user_version = 'v' WHERE id = ${rowId(7)}`,
    [
      new RegExp(
        `^authorization id ${rowId(7)}: of sign_in_session_id, user_id, user_version some are there`,
      ),
    ],
  ],
  [
    'an active authorization without tokens',
    `UPDATE "authorization" SET generation = 0 WHERE id = ${rowId(4)}`,
    [
      new RegExp(
        `^authorization id ${rowId(4)}: its state, its generation and the time of its tokens do not go together$`,
      ),
    ],
  ],
  [
    'an unreadable list of rotations',
    `UPDATE "authorization" SET earlier_rotations_ms = '1 x' WHERE id = ${rowId(4)}`,
    [new RegExp(`^authorization id ${rowId(4)}: earlier_rotations_ms is no list of instants$`)],
  ],
  [
    'an answer that allowed nothing',
    `UPDATE answer SET authorization_id = NULL WHERE authorization_id = ${rowId(1)}`,
    [/^answer question_digest .*: its decision and its authorization do not go together$/],
  ],
  [
    'a change whose outcome is no JSON',
    `UPDATE directory_change SET outcome = '{' WHERE id = (SELECT id FROM directory_change ORDER BY id LIMIT 1)`,
    [/^directory_change id [-0-9a-f]{36}: its outcome is no JSON$/],
  ],
  [
    'a permission set for a day',
    `UPDATE permission_set SET session_duration_seconds = 86400 WHERE name = 'Set1'`,
    [/^permission_set id ps-.*: session_duration_seconds is not from 900 to 43200$/],
  ],
  ['a directory without state', 'DELETE FROM directory_state', [/^directory_state: it has 0 rows, not one$/]],
];
