import type { Command } from 'commander';
import { generatePassword, hashPassword } from '../../people/password.ts';
import { change } from '../entries/change.ts';
import { getEntry } from '../entries/find-entry.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { editConfiguredUsers, isDeclared } from './edit.ts';
import { readNewPassword } from './read-password.ts';

export function define(command: Command): void {
  command
    .description(
      'Sets the password of a person, and ends their sessions. Asks for the password, or reads it from standard input. For a person of the configuration file, it is set there.',
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
    .action(async (given: string, { generate }: { generate?: true }) => {
      const generated = generate && generatePassword();
      const makeHash = async (userName: string) =>
        hashPassword(generated ?? (await readNewPassword(command, userName)));
      if (await isDeclared(command, given)) {
        const file = await editConfiguredUsers(command, async () => ({
          kind: 'set',
          userName: given,
          values: { passwordHash: await makeHash(given) },
        }));
        console.log(`Changed the password of ${given} in ${file}`);
      } else {
        const { id, userName } = await withDirectory(command, ({ directory }) =>
          getEntry(directory, 'user', given),
        );
        const hash = await makeHash(userName);
        await withDirectory(command, (opened) => change(opened, [{ kind: 'setPassword', userId: id, hash }]));
        console.log(`Changed the password of ${userName}`);
      }
      if (generated !== undefined) console.log(`Password: ${generated}`);
    });
}
