import type { Command } from 'commander';
import { changeMembers } from './change-members.ts';

export function define(command: Command): void {
  command
    .description('Ends memberships of people in a group.')
    .argument('<group>', 'name of the group')
    .argument('<users...>', 'user names, at most 100')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Example:
  latchkey group remove-member developers bob`,
    )
    .action((group: string, users: readonly string[], { json }: { json?: true }) =>
      changeMembers(command, 'removeMembership', { group, users, json }),
    );
}
