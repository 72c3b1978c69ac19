import type { DirectoryReader } from '../store/port/directory.ts';

export type {
  AssignedAccount,
  AssignedRole,
  DirectoryPage,
  RoleInAccount,
  User,
} from '../store/port/directory.ts';

/** What the rules and the pages ask of the directory: by key, or a page at a time. */
export type Directory = Pick<
  DirectoryReader,
  | 'findUserByName'
  | 'findUser'
  | 'listAccounts'
  | 'listAllAccounts'
  | 'listRoles'
  | 'findAssignedRole'
  | 'listGroupNames'
>;
