import type { Command } from 'commander';
import { addLazyCommands } from '../lazy-commands.ts';

export function define(command: Command): void {
  command
    .description('Looks after the keys of the store in PostgreSQL, which are sealed under a master secret.')
    .addHelpText(
      'after',
      `
Examples:
  LATCHKEY_MASTER_SECRET_FILE=/etc/latchkey/master-secrets latchkey store keys reseal`,
    );
  addLazyCommands(command, {
    reseal: { summary: 'seal the keys under another master secret', load: () => import('./reseal-keys.ts') },
  });
}
