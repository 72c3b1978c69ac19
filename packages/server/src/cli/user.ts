import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Adds and changes people who may sign in, in the configuration file or beside it. A running server knows the change at once.',
    )
    .addHelpText(
      'after',
      `
A person is from one source: the configuration file, commands, or an identity provider. add, passwd, disable and enable edit
the file where it declares the person, comments kept; other changes of a person are made where the person comes from.
Anybody can be blocked, whatever the source.

Examples:
  latchkey user add carol
  latchkey user list
  latchkey user block carol`,
    );
  addLazyCommands(command, {
    add: { summary: 'add a user', load: () => import('./user/add.ts') },
    list: {
      summary: 'list the users',
      load: async () => (await import('./entries/list-command.ts')).listCommand('user'),
    },
    show: {
      summary: 'show a user',
      load: async () => (await import('./entries/show-command.ts')).showCommand('user'),
    },
    change: { summary: 'change display name or email address', load: () => import('./user/change.ts') },
    rename: { summary: 'give a user another user name', load: () => import('./user/rename.ts') },
    passwd: { summary: 'set the password of a user', load: () => import('./user/passwd.ts') },
    hash: { summary: 'print the hash of a password', load: () => import('./user/hash.ts') },
    link: { summary: 'make a one-time link that lets a user in', load: () => import('./user/link.ts') },
    disable: { summary: 'disable a user, and end their sessions', load: () => import('./user/disable.ts') },
    enable: { summary: 'enable a disabled user again', load: () => import('./user/enable.ts') },
    block: {
      summary: 'end the access of a user at once, whatever the source',
      load: async () => (await import('./user/access-command.ts')).accessCommand('blockUser'),
    },
    unblock: {
      summary: 'undo a block',
      load: async () => (await import('./user/access-command.ts')).accessCommand('unblockUser'),
    },
    'sign-out': {
      summary: 'end all sessions of a user',
      load: async () => (await import('./user/access-command.ts')).accessCommand('signOutEverywhere'),
    },
    'reset-factors': {
      summary: 'remove what a user signs in with besides the password',
      load: async () => (await import('./user/access-command.ts')).accessCommand('resetFactors'),
    },
    remove: {
      summary: 'remove a user',
      load: async () => (await import('./entries/remove-command.ts')).removeCommand('user'),
    },
  });
}
