import type { Config } from './config.ts';
import type { Path } from './settings-tree.ts';

/** A name in the settings, of a group or a permission set that nobody made. */
export interface UnknownName {
  readonly kind: 'group' | 'permissionSet';
  readonly name: string;
  readonly path: Path;
  /** What is wrong, without the place. */
  readonly message: string;
}

/**
 * Finds the groups and permission sets that the policy and `deviceSignIn` name, and nobody made. They are no fault of the file: other
 * sources may make them later.
 *
 * @param exists - asked once for each name
 */
export async function findUnknownNames(
  { policy, deviceSignIn }: Pick<Config, 'policy' | 'deviceSignIn'>,
  exists: (kind: UnknownName['kind'], name: string) => Promise<boolean>,
): Promise<readonly UnknownName[]> {
  const named: UnknownName[] = [
    ...(deviceSignIn.groups ?? []).map((name, index) => ({
      ...{ kind: 'group' as const, name, path: ['deviceSignIn', 'groups', index] },
      message: `there is no group "${name}", so nobody may sign in a device by it`,
    })),
    ...policy.flatMap(({ groups = [], permissionSets = [] }, rule) => [
      ...groups.map((name, index) => ({
        ...{ kind: 'group' as const, name, path: ['policy', rule, 'groups', index] },
        message: `there is no group "${name}", so the rule applies to nobody by it`,
      })),
      ...permissionSets.map((name, index) => ({
        ...{ kind: 'permissionSet' as const, name, path: ['policy', rule, 'permissionSets', index] },
        message: `there is no permission set "${name}", so the rule applies to nothing by it`,
      })),
    ]),
  ];
  const asked = new Map<string, Promise<boolean>>();
  const unknown = named.map(async (each) => {
    const key = `${each.kind} ${each.name}`;
    const found = asked.get(key) ?? exists(each.kind, each.name);
    asked.set(key, found);
    return (await found) ? [] : [each];
  });
  return (await Promise.all(unknown)).flat();
}
