import type { AssignedAccount } from '../people/directory.ts';
import type { AwsProfile } from './aws-config.ts';

/**
 * Names a profile for every account and role, `<account>-<role>`. Accounts may share a name, and a name may have nothing
 * in it that a shell takes without quotes; profiles of such an account go by its id.
 */
export function nameProfiles(accounts: readonly AssignedAccount[]): readonly AwsProfile[] {
  const slugs = accounts.map(({ name }) => slugOf(name));
  return accounts.flatMap(({ id, roles }, index) => {
    const slug = slugs[index] ?? '';
    const isPlain = slug !== '' && slugs.indexOf(slug) === slugs.lastIndexOf(slug);
    return roles.map((role) => ({
      name: `${isPlain ? slug : id}-${role.name}`,
      accountId: id,
      roleName: role.name,
    }));
  });
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
