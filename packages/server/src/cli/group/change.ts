import type { Command } from 'commander';
import { groupEntries } from '../../config/directory-schema.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption, removable, requireOption } from '../entries/option.ts';

interface ChangeOptions {
  readonly name?: string;
  readonly description?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description('Changes the name or the description of a group.')
    .argument('<group>', 'name of the group')
    .option('--name <name>', 'the new name; members and assignments stay')
    .option('--description <text>', 'what the group is for; "" removes it')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey group change developers --name engineering
  latchkey group change developers --description ""`,
    )
    .action(async (given: string, { name, description, json }: ChangeOptions) => {
      checkOption('--name', name, groupEntries.name);
      checkOption('--description', description || undefined, groupEntries.description);
      const values = {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description: removable(description) }),
      };
      requireOption(values, ['--name', '--description']);
      const { id } = await withDirectory(command, async (opened) => {
        const group = await getEntry(opened.directory, 'group', given);
        await change(opened, [{ kind: 'changeGroup', id: group.id, values }]);
        return group;
      });
      if (json) console.log(JSON.stringify({ id, name: name ?? given }));
      else console.log(`Changed the group ${name ?? given}`);
    });
}
