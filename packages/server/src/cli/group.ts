import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Adds and changes groups of people, and their members. A running server knows the change at once.',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey group add developers --description "Everyone who deploys"
  latchkey group add-member developers alice bob
  latchkey group list-members developers`,
    );
  addLazyCommands(command, {
    add: { summary: 'add a group', load: () => import('./group/add.ts') },
    list: {
      summary: 'list the groups',
      load: async () => (await import('./entries/list-command.ts')).listCommand('group'),
    },
    show: {
      summary: 'show a group',
      load: async () => (await import('./entries/show-command.ts')).showCommand('group'),
    },
    change: { summary: 'change name or description', load: () => import('./group/change.ts') },
    remove: {
      summary: 'remove a group',
      load: async () => (await import('./entries/remove-command.ts')).removeCommand('group'),
    },
    'add-member': { summary: 'make people members of a group', load: () => import('./group/add-member.ts') },
    'remove-member': { summary: 'end memberships', load: () => import('./group/remove-member.ts') },
    'list-members': { summary: 'list the members of a group', load: () => import('./group/list-members.ts') },
  });
}
