import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description('Adds and changes AWS accounts. A running server knows the change at once.')
    .addHelpText(
      'after',
      `
Examples:
  latchkey account add 111122223333 --name Development
  latchkey account list`,
    );
  addLazyCommands(command, {
    add: { summary: 'add an account', load: () => import('./account/add.ts') },
    list: {
      summary: 'list the accounts',
      load: async () => (await import('./entries/list-command.ts')).listCommand('account'),
    },
    show: {
      summary: 'show an account',
      load: async () => (await import('./entries/show-command.ts')).showCommand('account'),
    },
    change: { summary: 'change name or email address', load: () => import('./account/change.ts') },
    remove: {
      summary: 'remove an account',
      load: async () => (await import('./entries/remove-command.ts')).removeCommand('account'),
    },
  });
}
