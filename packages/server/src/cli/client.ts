import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command.description('Makes what the configuration needs to know a confidential client.').addHelpText(
    'after',
    `
Examples:
  latchkey client secret`,
  );
  addLazyCommands(command, {
    secret: { summary: 'make the secret of a client', load: () => import('./client/secret.ts') },
  });
}
