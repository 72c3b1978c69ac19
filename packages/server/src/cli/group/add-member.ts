import type { Command } from 'commander';
import { changeMembers } from './change-members.ts';

export function define(command: Command): void {
  command
    .description('Makes people members of a group, whatever source the people and the group come from.')
    .argument('<group>', 'name of the group')
    .argument('<users...>', 'user names, at most 100')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey group add-member developers alice bob`,
    )
    .action((group: string, users: readonly string[], { json }: { json?: true }) =>
      changeMembers(command, 'addMembership', { group, users, json }),
    );
}
