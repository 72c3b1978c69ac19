import { nameKey } from '../directory/name-key.ts';
import { parsePasswordHash } from '../people/password-hash.ts';
import type { Column } from '../store/rows/row.ts';
import { type Row, renderValue, type Value } from '../store/rows/row.ts';
import type { Table } from '../store/rows/tables.ts';

type Fields = Readonly<Record<string, Value>>;

/** What must hold for a row, and what to say where it does not. */
type Rule = readonly [holds: (fields: Fields) => boolean, message: string];

/** The latest instant that a `Date` can have. */
const LATEST_MS = 8_640_000_000_000_000n;
const SOURCE = /^(?:file|command|page|(?:provisioning|provider):.+)$/s;
const SOURCE_COLUMNS = ['source', 'handed_over_by', 'set_by', 'directory_source.name'];

/** Tables whose rows servers remove when their time is over. */
const PASSING = ['sign_in_session', 'authorization', 'answer', 'directory_change'];

/** The lengths of columns that have bytes, by name; with a table where the name has another meaning elsewhere. */
const lengths: Readonly<Record<string, number>> = {
  salt: 16,
  client_id: 12,
  digest: 32,
  user_code_digest: 16,
  question_digest: 16,
  code_digest: 32,
  challenge_digest: 16,
  subject: 16,
};

const isBetween = (fields: Fields, column: string, least: bigint, most: bigint) => {
  const value = fields[column];
  return typeof value === 'bigint' && value >= least && value <= most;
};
const isPositive = (column: string): Rule => [
  (fields) => isBetween(fields, column, 1n, BigInt(Number.MAX_SAFE_INTEGER)),
  `${column} is not above 0`,
];
const isRowId: Rule = [
  (fields) => isBetween(fields, 'id', 1n, BigInt(Number.MAX_SAFE_INTEGER)),
  'its id is out of range',
];
const isOneOf = (column: string, ...values: readonly Value[]): Rule => [
  (fields) => values.includes(fields[column] ?? null),
  `${column} is none of ${values.join(', ')}`,
];
const goTogether = (...columns: readonly string[]): Rule => [
  (fields) => new Set(columns.map((column) => fields[column] === null)).size === 1,
  `of ${columns.join(', ')} some are there and others are not`,
];
const isAfter = (later: string, earlier: string, orSame = false): Rule => [
  (fields) => {
    const [a, b] = [fields[later], fields[earlier]];
    return typeof a !== 'bigint' || typeof b !== 'bigint' || a > b || (orSame && a === b);
  },
  `${later} is before ${earlier}`,
];
const isKeyOf = (column: string, name: string): Rule => [
  (fields) => fields[column] === nameKey(String(fields[name])),
  `${column} does not follow from ${name}: the entry is not found by its name`,
];
const matches = (column: string, pattern: RegExp, what: string): Rule => [
  (fields) => pattern.test(String(fields[column])),
  `${column} is no ${what}`,
];
const isState = (fields: Fields, ...states: readonly string[]) => states.includes(String(fields['state']));

const named: readonly Rule[] = [isKeyOf('name_key', 'name'), isPositive('revision')];
const handedOver: Rule = [
  (fields) => fields['handed_over_by'] === null || fields['source'] === 'command',
  'it was handed over to commands, yet its source is another',
];
const lives: readonly Rule[] = [
  isRowId,
  isAfter('expires_at_ms', 'created_at_ms'),
  isAfter('ended_at_ms', 'created_at_ms', true),
  goTogether('used_at_ms', 'used_from', 'used_with'),
];

/** What must hold by table, besides what holds for each column. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  directory_source: [
    [
      (fields) => fields['digest'] === null || fields['applied_at_ms'] !== null,
      'it has a digest, and no time of it',
    ],
  ],
  directory_user: [
    isKeyOf('name_key', 'user_name'),
    isPositive('revision'),
    isOneOf('status', 'enabled', 'disabled'),
    goTogether('blocked_by', 'blocked_at_ms'),
    [(fields) => String(fields['version']).length === 11, 'version does not have 11 characters'],
    [
      (fields) => fields['left_at_ms'] === null || fields['status'] === 'disabled',
      'it has left, yet is enabled',
    ],
  ],
  directory_user_email: [isKeyOf('email_key', 'email'), isOneOf('is_primary', 0n, 1n)],
  directory_user_external_id: [
    [({ issuer, external_id: id }) => issuer !== '' && id !== '', 'its issuer or its external id is empty'],
  ],
  user_password: [
    [
      ({ hash }) => parsePasswordHash(String(hash)) !== undefined,
      'the password hash cannot be read: the password opens nothing',
    ],
  ],
  directory_group: [...named, handedOver],
  directory_group_external_id: [
    [({ issuer, external_id: id }) => issuer !== '' && id !== '', 'its issuer or its external id is empty'],
  ],
  account: [...named, handedOver, matches('id', /^[0-9]{12}$/, 'account id of 12 digits')],
  permission_set: [
    ...[
      ...named,
      handedOver,
      matches('id', /^ps-[0-9a-f]{16}$/, 'id of a permission set: ps- and 16 hex digits'),
    ],
    [
      (fields) => isBetween(fields, 'session_duration_seconds', 900n, 43_200n),
      'session_duration_seconds is not from 900 to 43200',
    ],
  ],
  directory_change: [[({ outcome }) => isJson(String(outcome)), 'its outcome is no JSON']],
  directory_state: [isOneOf('one', 1n), isOneOf('adopts_versions', 0n, 1n)],
  factor: [
    isOneOf('kind', 'totp', 'passkey'),
    [
      ({ kind, sealed_secret: sealed, key_id: keyId }) =>
        kind === 'totp'
          ? sealed instanceof Uint8Array && sealed[0] === Number(keyId)
          : sealed === null && keyId === null,
      'its kind, its secret and the key of that do not go together',
    ],
    [
      ({ kind, credential_id: id, public_key: key, transports }) =>
        [id, key, transports].every((value) => (value !== null) === (kind === 'passkey')),
      'its kind and its credential do not go together',
    ],
    [(fields) => isBetween(fields, 'counter', 0n, BigInt(Number.MAX_SAFE_INTEGER)), 'counter is below 0'],
  ],
  recovery_code: [isAfter('used_at_ms', 'created_at_ms', true)],
  one_time_link: [
    isAfter('expires_at_ms', 'created_at_ms'),
    isOneOf('purpose', 'sign-in', 'password', 'factor'),
  ],
  notice: [[({ detail }) => isJson(String(detail)), 'its detail is no JSON']],
  sign_in_session: lives,
  authorization: [
    ...lives,
    isOneOf('state', 'pending', 'approved', 'denied', 'active'),
    [
      (fields) => isState(fields, 'approved', 'active') === (fields['sign_in_session_id'] !== null),
      'its state and its sign-in session do not go together',
    ],
    goTogether('sign_in_session_id', 'user_id', 'user_version'),
    [
      (fields) =>
        isState(fields, 'active') === (fields['rotated_at_ms'] !== null) &&
        isState(fields, 'active') === isBetween(fields, 'generation', 1n, BigInt(Number.MAX_SAFE_INTEGER)),
      'its state, its generation and the time of its tokens do not go together',
    ],
    goTogether('redirect_uri', 'code_challenge'),
    [
      ({ code_challenge: challenge }) => challenge === null || String(challenge).length === 43,
      'code_challenge does not have 43 characters',
    ],
    matches('earlier_rotations_ms', /^(?:\d+(?: \d+)*)?$/, 'list of instants'),
    goTogether('user_code_digest', 'client_name', 'address', 'user_agent'),
    [
      (fields) => fields['user_code_digest'] === null || isState(fields, 'pending'),
      'it waits for an answer, yet it has one',
    ],
  ],
  answer: [
    isOneOf('decision', 'allow', 'deny'),
    isAfter('expires_at_ms', 'answered_at_ms'),
    [
      (fields) => (fields['decision'] === 'allow') === (fields['authorization_id'] !== null),
      'its decision and its authorization do not go together',
    ],
  ],
  attempt_window: [
    isPositive('attempts'),
    [({ holder }) => holder instanceof Uint8Array && holder.length <= 8, 'holder has more than 8 bytes'],
  ],
};

/** @returns what is wrong with a row, in plain words; nothing where it is sound */
export function faultsOf(table: Table, row: Row): readonly string[] {
  const faults = table.columns.flatMap((column, index) => [
    ...faultsOfValue(table, column, row[index] ?? null),
  ]);
  const fields = Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index] ?? null]));
  const broken = (rules[table.name] ?? []).filter(([holds]) => !holds(fields));
  return [...faults, ...broken.map(([, message]) => message)];
}

function* faultsOfValue(table: Table, column: Column, value: Value): Generator<string> {
  const { name, type, isNullable } = column;
  if (value === null) {
    if (!isNullable) yield `${name} is missing`;
    return;
  }
  if (
    type === 'integer' &&
    name.endsWith('_at_ms') &&
    ((value as bigint) < 0n || (value as bigint) > LATEST_MS)
  ) {
    yield `${name} is no instant: ${renderValue(column, value)}`;
  }
  if (type === 'text' && String(value).includes('\0')) {
    const text = JSON.stringify(value);
    yield `${name} has U+0000, which no row in PostgreSQL may have: ${text}. ${remedyFor(table)}`;
  }
  const length = type === 'uuid' ? 16 : type === 'bytes' ? lengths[name] : undefined;
  if (length !== undefined && (value as Uint8Array).length !== length) {
    yield `${name} has ${(value as Uint8Array).length} bytes, not ${length}`;
  }
  const isSource = SOURCE_COLUMNS.some((each) => each === name || each === `${table.name}.${name}`);
  if (isSource && !SOURCE.test(String(value))) yield `${name} is no known source: ${JSON.stringify(value)}`;
}

/** What to do about a value, so that the row can be copied. */
function remedyFor({ name }: Table): string {
  return PASSING.includes(name)
    ? 'A server removes the row when it is over'
    : 'Change it where the entry comes from: in the configuration file, or by a command';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
