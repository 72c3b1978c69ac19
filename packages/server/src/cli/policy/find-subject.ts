import type { CommandDirectory } from '../../control/command-directory.ts';
import { pagesOf } from '../../control/pages.ts';
import { getEntry } from '../entries/find-entry.ts';

/** Whom the policy is explained for: what it goes by, and what the person has to meet it with. */
export interface Subject {
  readonly userName: string;
  /** Names of the groups in which the person is. */
  readonly groups: readonly string[];
  readonly passkeys: number;
  readonly apps: number;
  readonly recoveryCodes: number;
  readonly role?: {
    readonly name: string;
    /** Whether the person has it in an account that was named. */
    readonly account?: { readonly id: string; readonly name: string; readonly isAssigned: boolean };
  };
}

/** @throws {CommandError} where there is no such person, role or account */
export async function findSubject(
  directory: CommandDirectory,
  given: { readonly user: string; readonly role: string | undefined; readonly account: string | undefined },
): Promise<Subject> {
  const { id: userId, userName } = await getEntry(directory, 'user', given.user);
  const groups: string[] = [];
  for await (const page of pagesOf(directory, 'membership', { of: { userId } })) {
    groups.push(...page.map(({ groupName }) => groupName));
  }
  const { factors, recoveryCodesLeft } = await directory.listFactors(userId);
  const count = (wanted: string) => factors.filter(({ kind }) => kind === wanted).length;
  return {
    ...{ userName, groups: groups.toSorted(), passkeys: count('passkey'), apps: count('totp') },
    recoveryCodes: recoveryCodesLeft,
    ...(given.role !== undefined && { role: await findRole(directory, userId, given.role, given.account) }),
  };
}

async function findRole(
  directory: CommandDirectory,
  userId: string,
  role: string,
  account: string | undefined,
): Promise<NonNullable<Subject['role']>> {
  const { name } = await getEntry(directory, 'permissionSet', role);
  if (account === undefined) return { name };
  const entry = await getEntry(directory, 'account', account);
  const paths = await directory.explainAccess(userId, entry.id, name);
  return { name, account: { id: entry.id, name: entry.name, isAssigned: paths.length > 0 } };
}
