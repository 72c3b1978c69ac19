import type { AccountWithRoles } from '../access/assigned-accounts.ts';

/** A named account and role. */
export interface AwsProfile {
  /** Letters, digits and any of `_.@:+-`. */
  readonly name: string;
  readonly accountId: string;
  readonly roleName: string;
}

/** Characters of an account's name that its profiles begin with; the account id makes them unique. */
const MAX_SLUG_LENGTH = 32;

/**
 * Names a profile for every account and role: `<account name>-<account id>.<role><suffix>`. A name follows from the
 * account and the role alone, so it is the same in everybody's list, and nothing that is added changes it
 * (docs/decisions/0012).
 *
 * @param suffix tells the profiles of this instance from those of others
 */
export function nameProfiles(accounts: readonly AccountWithRoles[], suffix: string): readonly AwsProfile[] {
  return accounts.flatMap((account) =>
    account.roles.map((role) => ({
      name: `${nameAccount(account)}.${nameRole(role.name)}${suffix}`,
      accountId: account.id,
      roleName: role.name,
    })),
  );
}

/** Has no dot, so that the first dot of a profile's name ends it, and its last 12 characters are the account id. */
function nameAccount({ id, name }: AccountWithRoles): string {
  const slug = slugOf(name);
  return slug === '' ? id : `${slug}-${id}`;
}

/** Letters without their accents, digits, and hyphens between: what no shell and no AWS client asks to quote. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/-$/, '');
}

/**
 * The AWS SDK for JavaScript skips a profile with `=` or `,` in its name, and PowerShell makes a list at a comma. The
 * colon that stands for them is in no role's name.
 */
function nameRole(name: string): string {
  return name.replaceAll('=', ':3d').replaceAll(',', ':2c');
}
