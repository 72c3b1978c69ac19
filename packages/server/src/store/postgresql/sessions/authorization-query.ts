import type { AssignedRole, RoleInAccount } from '../../port/directory.ts';
import type { FoundAuthorization } from '../../store.ts';
import type { Database } from '../database.ts';
import { hasRole, type RoleRow, readRole } from '../directory/assigned-roles.ts';
import { MAY_SIGN_IN, type PersonColumns, personOf } from '../directory/people.ts';
import { jsonRow } from '../json-row.ts';
import { readStatement } from '../statement.ts';

const columns = {
  ...{
    id: 'a.id',
    salt: "encode(a.salt, 'hex')",
    clientId: "encode(a.client_id, 'hex')",
    scopes: 'a.scopes',
  },
  ...{ createdAtMs: 'a.created_at_ms', expiresAtMs: 'a.expires_at_ms', state: 'a.state' },
  ...{ userId: 'a.user_id', userVersion: 'a.user_version', signInSessionId: 'a.sign_in_session_id' },
  ...{ redirectUri: 'a.redirect_uri', codeChallenge: 'a.code_challenge', generation: 'a.generation' },
  ...{ rotatedAtMs: 'a.rotated_at_ms', earlierRotationsMs: 'a.earlier_rotations_ms' },
  endedAtMs: 'CASE WHEN s.id IS NULL THEN a.created_at_ms ELSE coalesce(a.ended_at_ms, s.ended_at_ms) END',
  usedAtMs: 'a.used_at_ms',
  ...{ userName: 'u.user_name', displayName: 'u.display_name', version: 'u.version' },
};
const roleColumns = {
  ...{ permissionSetId: 'p.id', name: 'p.name', description: 'p.description' },
  sessionDurationSeconds: 'p.session_duration_seconds',
};
const authorizationRow = jsonRow(columns);
const rowWithRole = jsonRow({ ...columns, ...roleColumns });

const AUTHORIZATION = `
  "authorization" a
  LEFT JOIN sign_in_session s ON s.id = a.sign_in_session_id
  LEFT JOIN directory_user u ON u.id = a.user_id AND ${MAY_SIGN_IN}`;

const findStatement = readStatement(
  'find_authorization',
  `SELECT ${authorizationRow.selected} FROM ${AUTHORIZATION} WHERE a.id = $1`,
);

const findWithRoleStatement = readStatement(
  'find_authorization_with_role',
  `SELECT ${rowWithRole.selected}
   FROM ${AUTHORIZATION} LEFT JOIN permission_set p ON p.name = $3 AND ${hasRole({ userId: 'u.id', accountId: '$2' })}
   WHERE a.id = $1`,
);

/** Finds an authorization, and the role that is looked for. */
export async function findAuthorization(
  database: Database,
  id: number,
  search?: RoleInAccount,
): Promise<FoundAuthorization | undefined> {
  // No role has U+0000 in its name, and PostgreSQL refuses to look for one.
  if (search === undefined || `${search.accountId}${search.roleName}`.includes('\0')) {
    const [row] = await database.read(findStatement, [id]);
    return row && readAuthorization(authorizationRow.read(row) as unknown as AuthorizationRow);
  }
  const [row] = await database.read(findWithRoleStatement, [id, search.accountId, search.roleName]);
  if (row === undefined) return undefined;
  const read = rowWithRole.read(row) as unknown as AuthorizationRow & (RoleRow | { readonly name: null });
  return readAuthorization(read, read.name === null ? undefined : readRole(read));
}

/** The schema's checks promise that the columns which a state needs are not null. */
interface AuthorizationRow extends PersonColumns {
  readonly id: number;
  readonly salt: string;
  readonly clientId: string;
  readonly scopes: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly state: FoundAuthorization['state'];
  readonly userId: string;
  readonly userVersion: string;
  readonly signInSessionId: number;
  readonly redirectUri: string | null;
  readonly codeChallenge: string | null;
  readonly generation: number;
  readonly rotatedAtMs: number;
  readonly earlierRotationsMs: string;
  readonly endedAtMs: number | null;
  readonly usedAtMs: number | null;
}

function readAuthorization(row: AuthorizationRow, role?: AssignedRole): FoundAuthorization {
  const { id, scopes, createdAtMs, expiresAtMs, state } = row;
  const [salt, clientId] = [Buffer.from(row.salt, 'hex'), Buffer.from(row.clientId, 'hex')];
  if (state === 'pending' || state === 'denied') {
    return { id, salt, clientId, scopes, createdAtMs, codeExpiresAtMs: expiresAtMs, state };
  }
  const { userId, userVersion, signInSessionId, redirectUri, codeChallenge, endedAtMs } = row;
  const codeBinding = redirectUri === null || codeChallenge === null ? null : { redirectUri, codeChallenge };
  const found = { ...personOf(userId, row), ...(role && { role }) };
  const allowed = { userId, userVersion, signInSessionId, codeBinding, endedAtMs, ...found };
  if (state === 'approved') {
    return { id, salt, clientId, scopes, createdAtMs, codeExpiresAtMs: expiresAtMs, state, ...allowed };
  }
  const { generation, rotatedAtMs, earlierRotationsMs, usedAtMs } = row;
  return {
    ...{ id, salt, clientId, scopes, createdAtMs, state, ...allowed },
    ...{ sessionEndsAtMs: expiresAtMs, usedAtMs, generation, rotatedAtMs },
    earlierRotationsMs: earlierRotationsMs === '' ? [] : earlierRotationsMs.split(' ').map(Number),
  };
}
