import type { Command } from 'commander';
import { editConfiguredUsers } from './edit.ts';

export function define(command: Command): void {
  command
    .description('Disables a user, who cannot sign in any more, and ends their sessions.')
    .argument('<user>', 'user name')
    .action(async (userName: string) => {
      const file = await editConfiguredUsers(command, async () => ({
        kind: 'set',
        userName,
        values: { disabled: true },
      }));
      console.log(`Disabled ${userName} in ${file}`);
    });
}
