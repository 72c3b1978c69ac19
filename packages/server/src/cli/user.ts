import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command.description(
    'Adds and changes users in the configuration file. A running server reads the change at once.',
  );
  addLazyCommands(command, {
    add: { summary: 'add a user', load: () => import('./user/add.ts') },
    list: { summary: 'list the users', load: () => import('./user/list.ts') },
    passwd: { summary: 'set the password of a user', load: () => import('./user/passwd.ts') },
    hash: { summary: 'print the hash of a password', load: () => import('./user/hash.ts') },
    disable: { summary: 'disable a user, and end their sessions', load: () => import('./user/disable.ts') },
    enable: { summary: 'enable a disabled user again', load: () => import('./user/enable.ts') },
  });
}
