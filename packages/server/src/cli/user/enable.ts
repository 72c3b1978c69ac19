import type { Command } from 'commander';
import { editConfiguredUsers } from './edit.ts';

export function define(command: Command): void {
  command
    .description('Enables a disabled user, who can sign in again.')
    .argument('<user>', 'user name')
    .action(async (userName: string) => {
      const file = await editConfiguredUsers(command, async () => ({
        kind: 'set',
        userName,
        values: { disabled: false },
      }));
      console.log(`Enabled ${userName} in ${file}`);
    });
}
