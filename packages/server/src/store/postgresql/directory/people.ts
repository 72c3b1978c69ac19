import type { User, UserWithPassword } from '../../port/directory.ts';
import { uuidBytes, uuidText } from '../../sql/directory/uuid-bytes.ts';
import type { Database } from '../database.ts';
import { readStatement } from '../statement.ts';

/** Those whom their source enables, and nobody has blocked. `directory_user` is `u`. */
export const MAY_SIGN_IN = "u.status = 'enabled' AND u.blocked_by IS NULL";

/** The columns of a person that a session is read with. */
export const PERSON = 'u.user_name AS "userName", u.display_name AS "displayName", u.version';

/** A person whom a row was joined with, or nobody. */
export interface PersonColumns {
  readonly userName: string | null;
  readonly displayName: string;
  readonly version: string;
}

/** The person of a row, if there is one. */
export function personOf(id: string, { userName, displayName, version }: PersonColumns): { user?: User } {
  return userName === null ? {} : { user: { id, userName, displayName, version } };
}

const byId = readStatement(
  'find_user',
  `SELECT ${PERSON} FROM directory_user u WHERE u.id = $1 AND ${MAY_SIGN_IN}`,
);

// A user name goes before an e-mail address, also one of a user who may not sign in.
const byName = readStatement(
  'find_user_by_name',
  `SELECT u.id, ${PERSON}, p.hash, (${MAY_SIGN_IN}) AS "maySignIn"
   FROM directory_user u LEFT JOIN user_password p ON p.user_id = u.id
   WHERE u.name_key = $1
   UNION ALL
   SELECT u.id, ${PERSON}, p.hash, (${MAY_SIGN_IN})
   FROM directory_user u LEFT JOIN user_password p ON p.user_id = u.id
   WHERE u.id IN (SELECT user_id FROM directory_user_email WHERE email_key = $1)
     AND (SELECT count(*) FROM directory_user_email WHERE email_key = $1) = 1
     AND NOT EXISTS (SELECT 1 FROM directory_user WHERE name_key = $1)`,
);

export async function findPerson(database: Database, id: string): Promise<User | undefined> {
  const [row] = await database.read(byId, [uuidBytes(id)]);
  return row && personOf(id, row as unknown as PersonColumns).user;
}

export async function findPersonByName(
  database: Database,
  nameKey: string,
): Promise<UserWithPassword | undefined> {
  const [row] = (await database.read(byName, [nameKey])) as unknown as readonly NamedRow[];
  if (row === undefined || !row.maySignIn) return undefined;
  const { id, userName, displayName, version, hash } = row;
  return {
    ...{ id: uuidText(id), userName, displayName, version },
    ...(hash !== null && { passwordHash: hash }),
  };
}

interface NamedRow extends Omit<User, 'id'> {
  readonly id: Uint8Array;
  readonly hash: string | null;
  readonly maySignIn: boolean;
}
