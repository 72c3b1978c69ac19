import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command.description('Sets up the store in PostgreSQL that the setting `store` names.').addHelpText(
    'after',
    `
The store is SQLite in the data folder, and needs none of this, unless the configuration has \`store\` or \`storeFile\`.

Examples:
  latchkey store init --make-secret /etc/latchkey/master-secret`,
  );
  addLazyCommands(command, {
    init: { summary: 'make the tables and the first key', load: () => import('./store/init.ts') },
  });
}
