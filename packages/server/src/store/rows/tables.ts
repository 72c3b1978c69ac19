import { type Column, type ColumnType, type Row, renderValue, type Value } from './row.ts';

/** A table of the store, as every engine has it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** The columns of the primary key, in their order. The bytes of their values order the rows, in every engine alike. */
  readonly key: readonly Column[];
  /** The column of another table whose value a column must have, where it has any. */
  readonly references: Readonly<Record<string, { readonly table: string; readonly column: string }>>;
}

const source = { source: 'directory_source.name' };
const assignment = { ...source, account_id: 'account.id', permission_set_id: 'permission_set.id' };
const handedOver = { ...source, handed_over_by: 'directory_source.name' };

/**
 * All tables of the store, each after those that it refers to. A copy from one engine to another, its comparison and a check of a
 * store read them from here; a test compares the list with the tables that there are.
 *
 * A request of a device is in columns of its `authorization`, as PostgreSQL has it; SQLite has a table for them (`REQUEST`).
 */
export const tables: readonly Table[] = [
  table('directory_source', 'name', {
    ...{ name: 'text', revision: 'integer', digest: 'bytes?', applied_at_ms: 'integer?' },
  }),
  table(
    'directory_user',
    'id',
    {
      ...{ id: 'uuid', user_name: 'text', name_key: 'text', display_name: 'text', status: 'text' },
      ...{ left_at_ms: 'integer?', blocked_by: 'text?', blocked_at_ms: 'integer?', version: 'text' },
      ...{ revision: 'integer', source: 'text', created_at_ms: 'integer', updated_at_ms: 'integer' },
    },
    source,
  ),
  table(
    'directory_user_email',
    'user_id email_key',
    { user_id: 'uuid', email_key: 'text', email: 'text', kind: 'text?', is_primary: 'integer' },
    { user_id: 'directory_user.id' },
  ),
  table(
    'directory_user_external_id',
    'issuer external_id',
    { issuer: 'text', external_id: 'text', user_id: 'uuid' },
    { user_id: 'directory_user.id' },
  ),
  table(
    'user_password',
    'user_id',
    { user_id: 'uuid', hash: 'text', set_by: 'text', set_at_ms: 'integer' },
    { user_id: 'directory_user.id', set_by: 'directory_source.name' },
  ),
  table('directory_tombstone', 'user_id', { user_id: 'uuid', name_key: 'text', deleted_at_ms: 'integer' }),
  table(
    'directory_group',
    'id',
    {
      ...{ id: 'uuid', name: 'text', name_key: 'text', description: 'text?' },
      ...{ revision: 'integer', source: 'text', handed_over_by: 'text?' },
    },
    handedOver,
  ),
  table(
    'directory_group_external_id',
    'issuer external_id',
    { issuer: 'text', external_id: 'text', group_id: 'uuid' },
    { group_id: 'directory_group.id' },
  ),
  table(
    'membership',
    'user_id group_id',
    { user_id: 'uuid', group_id: 'uuid', id: 'uuid', source: 'text' },
    { ...source, user_id: 'directory_user.id', group_id: 'directory_group.id' },
  ),
  table(
    'account',
    'id',
    {
      ...{ id: 'text', name: 'text', name_key: 'text', email: 'text?' },
      ...{ revision: 'integer', source: 'text', handed_over_by: 'text?' },
    },
    handedOver,
  ),
  table(
    'permission_set',
    'id',
    {
      ...{ id: 'text', name: 'text', name_key: 'text', description: 'text?' },
      ...{
        session_duration_seconds: 'integer',
        revision: 'integer',
        source: 'text',
        handed_over_by: 'text?',
      },
    },
    handedOver,
  ),
  table(
    'user_assignment',
    'user_id account_id permission_set_id',
    { user_id: 'uuid', account_id: 'text', permission_set_id: 'text', source: 'text' },
    { ...assignment, user_id: 'directory_user.id' },
  ),
  table(
    'group_assignment',
    'group_id account_id permission_set_id',
    { group_id: 'uuid', account_id: 'text', permission_set_id: 'text', source: 'text' },
    { ...assignment, group_id: 'directory_group.id' },
  ),
  table('directory_change', 'id', {
    ...{ id: 'uuid', at_ms: 'integer', source: 'text', actor: 'text', outcome: 'text' },
  }),
  table('directory_state', 'one', { one: 'integer', adopts_versions: 'integer' }),
  table('sign_in_session', 'id', {
    ...{ id: 'integer', salt: 'bytes', user_id: 'uuid', user_version: 'text' },
    ...{ created_at_ms: 'integer', expires_at_ms: 'integer', ended_at_ms: 'integer?' },
    factors: 'text?',
    ...{ used_at_ms: 'integer?', used_from: 'text?', used_with: 'text?' },
  }),
  table(
    'authorization',
    'id',
    {
      ...{ id: 'integer', salt: 'bytes', client_id: 'bytes', scopes: 'text' },
      ...{ created_at_ms: 'integer', expires_at_ms: 'integer', state: 'text' },
      ...{ user_id: 'uuid?', user_version: 'text?', sign_in_session_id: 'integer?' },
      ...{ redirect_uri: 'text?', code_challenge: 'text?', generation: 'integer' },
      ...{ rotated_at_ms: 'integer?', earlier_rotations_ms: 'text', ended_at_ms: 'integer?' },
      ...{ registered_name: 'text?', used_at_ms: 'integer?', used_from: 'text?', used_with: 'text?' },
      ...{ user_code_digest: 'bytes?', client_name: 'text?', address: 'text?', user_agent: 'text?' },
    },
    { sign_in_session_id: 'sign_in_session.id' },
  ),
  table('role_revocation', 'account_id role_name', {
    ...{ account_id: 'text', role_name: 'text', issued_before_ms: 'integer' },
  }),
  table('answer', 'question_digest', {
    ...{ question_digest: 'bytes', decision: 'text', answered_at_ms: 'integer' },
    ...{ authorization_id: 'integer?', expires_at_ms: 'integer' },
  }),
  table(
    'factor',
    'id',
    {
      ...{ id: 'uuid', user_id: 'uuid', kind: 'text', name: 'text', created_at_ms: 'integer' },
      ...{ last_used_at_ms: 'integer?', counter: 'integer', sealed_secret: 'bytes?', key_id: 'integer?' },
      ...{ credential_id: 'bytes?', public_key: 'bytes?', transports: 'text?' },
    },
    { user_id: 'directory_user.id' },
  ),
  table(
    'recovery_code',
    'user_id code_digest',
    { user_id: 'uuid', code_digest: 'bytes', created_at_ms: 'integer', used_at_ms: 'integer?' },
    { user_id: 'directory_user.id' },
  ),
  table(
    'one_time_link',
    'user_id',
    {
      ...{ user_id: 'uuid', token_digest: 'bytes', user_version: 'text', purpose: 'text' },
      ...{ created_at_ms: 'integer', expires_at_ms: 'integer' },
    },
    { user_id: 'directory_user.id' },
  ),
  table(
    'notice',
    'id',
    {
      ...{ id: 'uuid', user_id: 'uuid', kind: 'text', at_ms: 'integer' },
      ...{ detail: 'text', told_at_ms: 'integer?' },
    },
    { user_id: 'directory_user.id' },
  ),
  table('spent_challenge', 'challenge_digest', { challenge_digest: 'bytes', expires_at_ms: 'integer' }),
  table('attempt_window', 'subject', {
    ...{ subject: 'bytes', attempts: 'integer', ends_at_ms: 'integer', holder: 'bytes' },
  }),
];

/** The columns of `authorization` that are the table `device_request` in SQLite, whose rows name their authorization. */
export const REQUEST = {
  table: 'device_request',
  of: 'authorization_id',
  columns: ['user_code_digest', 'client_name', 'address', 'user_agent'],
} as const;

/** The column of PostgreSQL alone that follows from another one: the `addressKey` of the address of a request. */
export const HOLDER = { table: 'authorization', column: 'holder', from: 'address' } as const;

/** The values of the primary key of a row. */
export function keyOf(table: Table, row: Row): readonly Value[] {
  return table.key.map(({ name }) => columnValue(table, row, name));
}

/** Names a row by its key: `id 12`. */
export function renderKey(table: Table, row: Row): string {
  const values = keyOf(table, row);
  return table.key
    .map((column, index) => `${column.name} ${renderValue(column, values[index] ?? null)}`)
    .join(', ');
}

/** The value of a column in a row. */
export function columnValue(table: Table, row: Row, column: string): Value {
  return row[table.columns.findIndex(({ name }) => name === column)] ?? null;
}

function table(
  name: string,
  key: string,
  columns: Readonly<Record<string, ColumnType | `${ColumnType}?`>>,
  references: Readonly<Record<string, string>> = {},
): Table {
  const all = Object.entries(columns).map(([column, type]) => ({
    name: column,
    type: type.replace('?', '') as ColumnType,
    isNullable: type.endsWith('?'),
  }));
  return {
    name,
    columns: all,
    key: key.split(' ').map((column) => all.find((each) => each.name === column) as Column),
    references: Object.fromEntries(
      Object.entries(references).map(([column, target]) => {
        const [to = '', of = ''] = target.split('.');
        return [column, { table: to, column: of }];
      }),
    ),
  };
}
