import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Explains the policy of the configuration: what people must show, from where, and for how long.',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey policy explain alice
  latchkey policy explain alice AdministratorAccess --account 111122223333`,
    );
  addLazyCommands(command, {
    explain: {
      summary: 'explain what applies to a person, and why',
      load: () => import('./policy/explain.ts'),
    },
  });
}
