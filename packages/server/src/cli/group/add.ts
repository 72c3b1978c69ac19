import type { Command } from 'commander';
import { groupEntries } from '../../config/directory-schema.ts';
import { change } from '../entries/change.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption } from '../entries/option.ts';

export function define(command: Command): void {
  command
    .description('Adds a group.')
    .argument('<group>', 'name of the group')
    .option('--description <text>', 'what the group is for')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey group add developers
  latchkey group add developers --description "Everyone who deploys"`,
    )
    .action(async (name: string, { description, json }: { description?: string; json?: true }) => {
      checkOption('<group>', name, groupEntries.name);
      checkOption('--description', description, groupEntries.description);
      const group = { name, ...(description !== undefined && { description }), externalIds: [] };
      const [result] = await withDirectory(command, (opened) =>
        change(opened, [{ kind: 'addGroup', group }]),
      );
      if (json) console.log(JSON.stringify({ id: result?.id, name }));
      else console.log(`Added the group ${name}`);
    });
}
