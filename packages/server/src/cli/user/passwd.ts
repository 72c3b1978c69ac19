import type { Command } from 'commander';
import { generatePassword, hashPassword } from '../../people/password.ts';
import { editConfiguredUsers } from './edit.ts';
import { readNewPassword } from './read-password.ts';

export function define(command: Command): void {
  command
    .description(
      'Sets the password of a user in the configuration file, and ends their sessions. Asks for the password, or reads it from standard input.',
    )
    .argument('<user>', 'user name')
    .option('--generate', 'generate a password and print it')
    .addHelpText(
      'after',
      `
Examples:
  latchkey user passwd alice
  latchkey user passwd alice --generate`,
    )
    .action(async (userName: string, { generate }: { generate?: true }) => {
      const generated = generate && generatePassword();
      const file = await editConfiguredUsers(command, async () => {
        const passwordHash = await hashPassword(generated ?? (await readNewPassword(userName)));
        return { kind: 'set', userName, values: { passwordHash } };
      });
      console.log(`Changed the password of ${userName} in ${file}`);
      if (generated !== undefined) console.log(`Password: ${generated}`);
    });
}
