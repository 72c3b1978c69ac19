import type { NamedKind } from '../../control/command-directory.ts';
import { pagesOf } from '../../control/pages.ts';
import type { EntryFilter, EntryOf } from '../../store/port/directory.ts';
import { type DirectoryStep, MAX_STEPS } from '../../store/port/directory-change.ts';
import { change } from './change.ts';
import type { OpenedDirectory } from './open-directory.ts';

const stepKinds = {
  user: 'removeUser',
  group: 'removeGroup',
  account: 'removeAccount',
  permissionSet: 'removePermissionSet',
} as const satisfies Record<NamedKind, DirectoryStep['kind']>;

type ReferenceKind = 'userAssignment' | 'groupAssignment' | 'membership';

/** What refers to an entry, in the order in which it is removed, and by which member. */
const referrers = {
  user: { kinds: ['userAssignment', 'membership'], by: 'userId' },
  group: { kinds: ['groupAssignment', 'membership'], by: 'groupId' },
  account: { kinds: ['userAssignment', 'groupAssignment'], by: 'accountId' },
  permissionSet: { kinds: ['userAssignment', 'groupAssignment'], by: 'permissionSetId' },
} as const satisfies Record<
  NamedKind,
  { readonly kinds: readonly ReferenceKind[]; readonly by: keyof EntryFilter }
>;

/**
 * Removes an entry with the memberships and assignments that commands have made of it. Where there are many, they go first,
 * a hundred in a change, so that no request waits for a long one. A removal that was interrupted is finished by asking for
 * it again.
 *
 * @throws {CommandError} when another source owns the entry or refers to it; then nothing is removed
 */
export async function removeEntry(
  opened: Pick<OpenedDirectory, 'directory'>,
  kind: NamedKind,
  entry: EntryOf[NamedKind],
): Promise<void> {
  const { kinds, by } = referrers[kind];
  const of = { [by]: entry.id };
  if (entry.source === 'command' && (await needsChanges(opened, kinds, of))) {
    for (const referrer of kinds) await removeReferences(opened, referrer, of);
  }
  await change(opened, [{ kind: stepKinds[kind], id: entry.id }]);
}

/** Whether so much refers to an entry that one change should not remove it all, and nothing of another source does. */
async function needsChanges(
  { directory }: Pick<OpenedDirectory, 'directory'>,
  kinds: readonly ReferenceKind[],
  of: EntryFilter,
): Promise<boolean> {
  let count = 0;
  for (const kind of kinds) {
    for await (const page of pagesOf(directory, kind, { of })) {
      if (page.some(({ source }) => source !== 'command')) return false;
      count += page.length;
    }
  }
  return count > MAX_STEPS;
}

async function removeReferences(
  opened: Pick<OpenedDirectory, 'directory'>,
  kind: ReferenceKind,
  of: EntryFilter,
): Promise<void> {
  for await (const page of pagesOf(opened.directory, kind, { of })) {
    const steps = page.map((reference): DirectoryStep => {
      if ('groupId' in reference) {
        return { kind: 'removeMembership', userId: reference.userId, groupId: reference.groupId };
      }
      const { principal, accountId, permissionSetId } = reference;
      return { kind: 'removeAssignment', principal, accountId, permissionSetId };
    });
    await change(opened, steps);
  }
}
