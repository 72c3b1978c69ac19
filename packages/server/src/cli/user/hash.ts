import type { Command } from 'commander';
import { hashPassword } from '../../people/password.ts';
import { readNewPassword } from './read-password.ts';

export function define(command: Command): void {
  command
    .description(
      'Prints the hash of a password, for passwordHash in the configuration. Asks for the password, or reads it from standard input.',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey user hash
  pass show carol | latchkey user hash`,
    )
    .action(async () => console.log(await hashPassword(await readNewPassword(command))));
}
