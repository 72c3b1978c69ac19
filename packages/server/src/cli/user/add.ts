import { type Command, Option } from 'commander';
import * as v from 'valibot';
import { expectedUserName, userEntries, userNameForm } from '../../config/directory-schema.ts';
import { nameKey } from '../../directory/name-key.ts';
import { generatePassword, hashPassword } from '../../people/password.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { editConfiguredUsers } from './edit.ts';
import { readNewPassword } from './read-password.ts';

interface AddOptions {
  readonly displayName?: string;
  readonly email?: string;
  readonly group: readonly string[];
  readonly generate?: true;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Adds a user to the configuration file. Asks for the password, or reads it from standard input.',
    )
    .argument('<user>', 'user name, which the person types to sign in')
    .option('--display-name <name>', 'name shown on pages')
    .option('--email <address>', 'email address')
    .addOption(
      new Option('--group <name>', 'group to join; may be given several times')
        .argParser((name, names: readonly string[]) => [...names, name])
        .default([], 'none'),
    )
    .option('--generate', 'generate a password and print it')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey user add carol --display-name "Carol Example" --group developers
  latchkey user add carol --generate
  pass show carol | latchkey user add carol`,
    )
    .action(async (userName: string, { displayName, email, group: groups, generate, json }: AddOptions) => {
      if (!userNameForm.test(userName)) {
        throw new CommandError(
          `"${userName}" cannot be a user name: expected ${expectedUserName}`,
          exitCode.usage,
        );
      }
      checkOption('--display-name', displayName, userEntries.displayName);
      checkOption('--email', email, userEntries.email);
      const generated = generate && generatePassword();
      const file = await editConfiguredUsers(command, async ({ users }) => {
        if (users.some((user) => nameKey(user.userName) === nameKey(userName))) {
          throw new CommandError(`There is a user "${userName}" already`);
        }
        const passwordHash = await hashPassword(generated ?? (await readNewPassword(userName)));
        return {
          kind: 'add',
          user: {
            userName,
            ...(displayName !== undefined && { displayName }),
            ...(email !== undefined && { email }),
            passwordHash,
          },
          groups,
        };
      });
      if (json) {
        console.log(JSON.stringify({ userName, file, password: generated }));
      } else {
        console.log(`Added ${userName} to ${file}`);
        if (generated !== undefined) console.log(`Password: ${generated}`);
      }
    });
}

/** Checks what an option gives before the file would be found at fault for it. */
function checkOption(option: string, value: string | undefined, schema: v.GenericSchema): void {
  const result = v.safeParse(schema, value);
  if (value === undefined || result.success) return;
  const [{ message }] = result.issues;
  throw new CommandError(`${option}: expected ${message}, got ${JSON.stringify(value)}`, exitCode.usage);
}
