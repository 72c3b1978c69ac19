import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Assigns permission sets in accounts to people and groups (account assignments). A running server knows the change at once.',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey assign add --group developers --account 111122223333 --permission-set ReadOnlyAccess
  latchkey assign list --account 111122223333
  latchkey why alice 111122223333 ReadOnlyAccess`,
    );
  addLazyCommands(command, {
    add: { summary: 'assign a permission set in an account', load: () => import('./assign/add.ts') },
    list: { summary: 'list the assignments', load: () => import('./assign/list.ts') },
    show: { summary: 'show where an assignment comes from', load: () => import('./assign/show.ts') },
    remove: { summary: 'end an assignment', load: () => import('./assign/remove.ts') },
  });
}
