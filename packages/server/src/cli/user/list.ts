import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config.ts';
import type { DirectoryConfig } from '../../directory/file/declaration.ts';
import { configSources } from '../sources.ts';

export function define(command: Command): void {
  command
    .description('Lists the users of the configuration file.')
    .option('--json', 'print the list as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey user list
  latchkey user list --json`,
    )
    .action(async ({ json }: { json?: true }) => {
      const { directory } = await loadConfig(configSources(command));
      const users = describeUsers(directory);
      if (json) {
        console.log(JSON.stringify(users));
      } else {
        const rows = users.map(({ userName, displayName = '', email = '', groups, state }) => [
          userName,
          displayName,
          email,
          groups.join(','),
          state,
        ]);
        console.log(renderTable([['USER', 'NAME', 'EMAIL', 'GROUPS', 'STATE'], ...rows]));
      }
    });
}

function describeUsers({ users, groups }: DirectoryConfig) {
  return users.map(({ passwordHash, disabled, ...user }) => ({
    ...user,
    groups: groups.filter(({ members }) => members.includes(user.userName)).map(({ name }) => name),
    state: disabled ? 'disabled' : passwordHash === undefined ? 'no password' : 'enabled',
  }));
}

function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
