import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command.description('Sets up a store in PostgreSQL, and moves and checks stores.').addHelpText(
    'after',
    `
The store is SQLite in the data folder, and needs no \`init\`, unless the configuration has \`store\` or \`storeFile\`.

Examples:
  latchkey store init --make-secret /etc/latchkey/master-secret
  LATCHKEY_MASTER_SECRET_FILE=/etc/latchkey/master-secrets latchkey store keys reseal
  latchkey store copy /var/lib/latchkey /etc/latchkey/store-url
  latchkey store compact
  latchkey store check /var/lib/latchkey`,
  );
  addLazyCommands(command, {
    init: { summary: 'make the tables and the first key', load: () => import('./store/init.ts') },
    keys: { summary: 'seal the keys under another master secret', load: () => import('./store/keys.ts') },
    copy: { summary: 'copy a store, either way', load: () => import('./store/copy.ts') },
    compact: {
      summary: 'make the file of a SQLite store as small as it can be',
      load: () => import('./store/compact.ts'),
    },
    check: { summary: 'read everything, and say what is wrong', load: () => import('./store/check.ts') },
  });
}
