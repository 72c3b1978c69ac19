import type { Command } from 'commander';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { editConfiguredUsers, isDeclared } from './edit.ts';

/** Disables or enables a person, where the person comes from. */
export async function setStatus(
  command: Command,
  given: string,
  status: 'enabled' | 'disabled',
): Promise<void> {
  const verb = status === 'disabled' ? 'Disabled' : 'Enabled';
  if (await isDeclared(command, given)) {
    const file = await editConfiguredUsers(command, async () => ({
      kind: 'set',
      userName: given,
      values: { disabled: status === 'disabled' },
    }));
    console.log(`${verb} ${given} in ${file}`);
    return;
  }
  const userName = await withDirectory(command, async (opened) => {
    const user = await getEntry(opened.directory, 'user', given);
    await change(opened, [{ kind: 'changeUser', id: user.id, values: { status } }]);
    return user.userName;
  });
  console.log(`${verb} ${userName}`);
}
