import type { Command } from 'commander';
import { withDirectory } from '../entries/open-directory.ts';
import { printValues } from '../entries/show-command.ts';
import { describeSession } from './describe-session.ts';
import { getSession } from './get-session.ts';

export function define(command: Command): void {
  command
    .description('Shows a session, also one that has ended or run out and is still kept.')
    .argument('<session>', 'id of the session, as the list shows it')
    .option('--json', 'print the session as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey session show program-129171456001240`,
    )
    .action(async (given: string, { json }: { json?: true }) => {
      const session = await withDirectory(command, ({ directory }) => getSession(directory, given));
      const described = describeSession(session);
      if (json) console.log(JSON.stringify(described));
      else printValues(described);
    });
}
