import type { Command } from 'commander';
import { MAX_STEPS, type MembershipStep } from '../../store/port/directory-change.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { CommandError, exitCode } from '../exit-code.ts';

/** Adds or ends memberships, all or none, and says which of them were so already. */
export async function changeMembers(
  command: Command,
  kind: MembershipStep['kind'],
  { group: given, users, json }: { group: string; users: readonly string[]; json: true | undefined },
): Promise<void> {
  if (users.length > MAX_STEPS) {
    throw new CommandError(`At most ${MAX_STEPS} people can be named at a time`, exitCode.usage);
  }
  const { group, results } = await withDirectory(command, async (opened) => {
    const found = await getEntry(opened.directory, 'group', given);
    const steps: MembershipStep[] = [];
    for (const name of users) {
      const { id: userId } = await getEntry(opened.directory, 'user', name);
      steps.push({ kind, userId, groupId: found.id });
    }
    return { group: found, results: await change(opened, steps) };
  });
  const members = users.map((userName, index) => ({ userName, did: results[index]?.did }));
  if (json) {
    console.log(JSON.stringify({ groupId: group.id, groupName: group.name, members }));
    return;
  }
  for (const { userName, did } of members) {
    console.log(
      kind === 'removeMembership'
        ? `${userName} is no member of ${group.name} any more`
        : `${userName} is a member of ${group.name}${did === 'unchanged' ? ' already' : ''}`,
    );
  }
}
