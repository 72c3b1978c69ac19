import type { Command } from 'commander';
import { userEntries } from '../../config/directory-schema.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption } from '../entries/option.ts';

export function define(command: Command): void {
  command
    .description(
      'Gives a person another user name. The id, the sessions and what is assigned stay; role sessions get the new name.',
    )
    .argument('<user>', 'user name now')
    .argument('<new-name>', 'the new user name')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey user rename carol carol.example`,
    )
    .action(async (given: string, userName: string, { json }: { json?: true }) => {
      checkOption('<new-name>', userName, userEntries.userName);
      const user = await withDirectory(command, async (opened) => {
        const found = await getEntry(opened.directory, 'user', given);
        await change(opened, [{ kind: 'changeUser', id: found.id, values: { userName } }]);
        return found;
      });
      if (json) console.log(JSON.stringify({ id: user.id, userName }));
      else console.log(`Renamed ${user.userName} to ${userName}`);
    });
}
