import type {
  AssignmentConfig,
  DirectoryConfig,
  PermissionSetConfig,
  UserConfig,
} from '../directory/file/declaration.ts';
import { hashPassword } from '../people/password.ts';

/** The users, and the accounts that they may reach. Every member has a default, so that a simple test needs none. */
export interface TestDirectory {
  /** Default: `alice`. */
  readonly users?: readonly TestUser[];
  readonly groups?: DirectoryConfig['groups'];
  /** Default: `111122223333`, called Sandbox. */
  readonly accounts?: DirectoryConfig['accounts'];
  /** Default: `Developer`. */
  readonly permissionSets?: readonly TestPermissionSet[];
  /** Default: every user has every permission set in every account. */
  readonly assignments?: readonly (Partial<AssignmentConfig> &
    Pick<AssignmentConfig, 'accounts' | 'permissionSets'>)[];
}

/** A user. `password` is needed only to sign in on the page. */
export type TestUser = Omit<UserConfig, 'passwordHash'> & { readonly password?: string };

/** A permission set. `sessionDurationSeconds` is 3600 by default. */
export type TestPermissionSet = Omit<PermissionSetConfig, 'sessionDurationSeconds'> &
  Partial<PermissionSetConfig>;

/** A fixed salt gives the same hash each time, so that sessions of an instance with a `dataDir` survive a restart. */
const SALT = Buffer.from('latchkey/testing');

export async function resolveDirectory({
  users = [{ userName: 'alice' }],
  groups = [],
  accounts = [{ id: '111122223333', name: 'Sandbox' }],
  permissionSets = [{ name: 'Developer' }],
  assignments,
}: TestDirectory): Promise<DirectoryConfig> {
  const everything = {
    users: users.map(({ userName }) => userName),
    accounts: accounts.map(({ id }) => id),
    permissionSets: permissionSets.map(({ name }) => name),
  };
  const isAnyoneAnywhere = Object.values(everything).every((names) => names.length > 0);
  return {
    users: await Promise.all(
      users.map(async ({ password, ...user }) =>
        password === undefined ? user : { ...user, passwordHash: await hashPassword(password, SALT) },
      ),
    ),
    groups,
    accounts,
    permissionSets: permissionSets.map((set) => ({ sessionDurationSeconds: 3600, ...set })),
    assignments: (assignments ?? (isAnyoneAnywhere ? [everything] : [])).map((assignment) => ({
      users: [],
      groups: [],
      ...assignment,
    })),
  };
}
