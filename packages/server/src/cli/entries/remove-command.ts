import type { NamedKind } from '../../control/command-directory.ts';
import type { CommandModule } from '../lazy-commands.ts';
import { commandOf, getEntry, kindNames, nameOf } from './find-entry.ts';
import { withDirectory } from './open-directory.ts';
import { removeEntry } from './remove-entry.ts';

const consequences: Readonly<Record<NamedKind, string>> = {
  user: 'the sessions of the person end, and the id is never given to anybody else',
  group: 'its members lose what is assigned to the group',
  account: 'everybody loses their roles in it',
  permissionSet: 'everybody loses the role in every account',
};

/** The command that removes an entry, with what commands have made of its memberships and assignments. */
export function removeCommand(kind: NamedKind): CommandModule {
  const name = kindNames[kind];
  return {
    define(command) {
      command
        .description(
          `Removes ${kind === 'account' ? 'an' : 'a'} ${name}, with its memberships and assignments: ${consequences[kind]}.`,
        )
        .argument(
          `<${commandOf[kind]}>`,
          kind === 'account' ? 'id or name of the account' : `name of the ${name}`,
        )
        .option('--json', 'print the result as JSON')
        .action(async (given: string, { json }: { json?: true }) => {
          const removed = await withDirectory(command, async (opened) => {
            const entry = await getEntry(opened.directory, kind, given);
            await removeEntry(opened, kind, entry);
            return entry;
          });
          if (json) console.log(JSON.stringify({ removed: removed.id, name: nameOf(removed) }));
          else console.log(`Removed the ${name} ${nameOf(removed)}`);
        });
    },
  };
}
