import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Writes people, groups, accounts, permission sets and assignments to a file, and reads them from one.',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey directory export people.yaml
  latchkey directory import people.yaml --dry-run`,
    );
  addLazyCommands(command, {
    export: { summary: 'write the directory to a file', load: () => import('./directory/export.ts') },
    import: { summary: 'add what a file has', load: () => import('./directory/import.ts') },
  });
}
