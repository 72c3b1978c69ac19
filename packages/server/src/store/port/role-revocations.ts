import type { RoleInAccount } from './directory.ts';

/** What was issued for roles, and is refused since. */
export interface RoleRevocations {
  /** Refuses role credentials of a role that were issued before an instant. An earlier instant than that of before changes nothing. */
  revokeRole(role: RoleInAccount, issuedBeforeMs: number): Promise<void>;
  /** @returns before which instant role credentials of a role are refused; `undefined` where none are, or all have run out since */
  findRoleRevocation(role: RoleInAccount): Promise<number | undefined>;
}
