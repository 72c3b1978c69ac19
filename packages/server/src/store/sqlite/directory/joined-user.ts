import type { User } from '../../port/directory.ts';
import { MAY_SIGN_IN } from './people.ts';

/** The columns that a query joins to its row for the user; all `null` where the user may not sign in. */
export type UserColumns = readonly [
  userName: string | null,
  displayName: string | null,
  version: string | null,
];

export const USER_COLUMNS = 'u.user_name, u.display_name, u.version';

/** Goes before the column with the id of the user. */
export const USER_JOIN = `LEFT JOIN directory_user u ON ${MAY_SIGN_IN} AND u.id =`;

/** The user as of the read; `undefined` where there is none, or one who may not sign in. */
export function userOf(id: string, [userName, displayName, version]: UserColumns): User | undefined {
  if (userName === null || displayName === null || version === null) return undefined;
  return { id, userName, displayName, version };
}
