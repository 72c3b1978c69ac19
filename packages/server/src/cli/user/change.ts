import type { Command } from 'commander';
import { userEntries } from '../../config/directory-schema.ts';
import type { EmailAddress } from '../../store/port/directory.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { checkOption, requireOption } from '../entries/option.ts';

interface ChangeOptions {
  readonly displayName?: string;
  readonly email?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description('Changes the display name or the email address of a person.')
    .argument('<user>', 'user name or id')
    .option('--display-name <name>', 'name shown on pages')
    .option('--email <address>', 'primary email address; "" removes it')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Other changes: latchkey user rename, passwd, disable, enable; latchkey group add-member

Example:
  latchkey user change carol --display-name "Carol Example" --email carol@example.com`,
    )
    .action(async (given: string, { displayName, email, json }: ChangeOptions) => {
      checkOption('--display-name', displayName, userEntries.displayName);
      checkOption('--email', email || undefined, userEntries.email);
      requireOption({ ...(displayName && { displayName }), ...(email !== undefined && { email }) }, [
        '--display-name',
        '--email',
      ]);
      const user = await withDirectory(command, async (opened) => {
        const { id, userName, revision, emails } = await getEntry(opened.directory, 'user', given);
        const values = {
          ...(displayName !== undefined && { displayName }),
          ...(email !== undefined && { emails: withPrimary(emails, email) }),
        };
        await change(opened, [{ kind: 'changeUser', id, ifRevision: revision, values }]);
        return { id, userName };
      });
      if (json) console.log(JSON.stringify(user));
      else console.log(`Changed ${user.userName}`);
    });
}

/** Puts an address in the place of the primary one; the others stay. */
function withPrimary(emails: readonly EmailAddress[], address: string): readonly EmailAddress[] {
  const others = emails.filter((email) => !email.primary && email.address !== address);
  return address === '' ? others : [{ address, primary: true }, ...others];
}
