import type { Command } from 'commander';
import { accountEntries } from '../../config/directory-schema.ts';
import { change } from '../entries/change.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption } from '../entries/option.ts';

interface AddOptions {
  readonly name: string;
  readonly email?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description('Adds an AWS account, or an environment that you treat as one.')
    .argument('<account>', 'account id, 12 digits')
    .requiredOption('--name <name>', 'name shown on pages')
    .option('--email <address>', 'email address of the account')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey account add 111122223333 --name Development --email aws-dev@example.com`,
    )
    .action(async (id: string, { name, email, json }: AddOptions) => {
      checkOption('<account>', id, accountEntries.id);
      checkOption('--name', name, accountEntries.name);
      checkOption('--email', email, accountEntries.email);
      const account = { id, name, ...(email !== undefined && { email }) };
      await withDirectory(command, (opened) => change(opened, [{ kind: 'addAccount', account }]));
      if (json) console.log(JSON.stringify(account));
      else console.log(`Added the account ${id} (${name})`);
    });
}
