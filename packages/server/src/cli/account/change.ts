import type { Command } from 'commander';
import { accountEntries } from '../../config/directory-schema.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption, removable, requireOption } from '../entries/option.ts';

interface ChangeOptions {
  readonly name?: string;
  readonly email?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description('Changes the name or the email address of an account.')
    .argument('<account>', 'id or name of the account')
    .option('--name <name>', 'name shown on pages')
    .option('--email <address>', 'email address of the account; "" removes it')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey account change 111122223333 --name "Development (old)"`,
    )
    .action(async (given: string, { name, email, json }: ChangeOptions) => {
      checkOption('--name', name, accountEntries.name);
      checkOption('--email', email || undefined, accountEntries.email);
      const values = {
        ...(name !== undefined && { name }),
        ...(email !== undefined && { email: removable(email) }),
      };
      requireOption(values, ['--name', '--email']);
      const { id } = await withDirectory(command, async (opened) => {
        const account = await getEntry(opened.directory, 'account', given);
        await change(opened, [{ kind: 'changeAccount', id: account.id, values }]);
        return account;
      });
      if (json) console.log(JSON.stringify({ id }));
      else console.log(`Changed the account ${id}`);
    });
}
