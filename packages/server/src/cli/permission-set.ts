import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Adds and changes permission sets, which people see as roles. A running server knows the change at once.',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey permission-set add ReadOnlyAccess --session-duration 4h
  latchkey permission-set list`,
    );
  addLazyCommands(command, {
    add: { summary: 'add a permission set', load: () => import('./permission-set/add.ts') },
    list: {
      summary: 'list the permission sets',
      load: async () => (await import('./entries/list-command.ts')).listCommand('permissionSet'),
    },
    show: {
      summary: 'show a permission set',
      load: async () => (await import('./entries/show-command.ts')).showCommand('permissionSet'),
    },
    change: { summary: 'change a permission set', load: () => import('./permission-set/change.ts') },
    remove: {
      summary: 'remove a permission set',
      load: async () => (await import('./entries/remove-command.ts')).removeCommand('permissionSet'),
    },
  });
}
