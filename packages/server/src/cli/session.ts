import type { Command } from 'commander';
import { addLazyCommands } from './lazy-commands.ts';

export function define(command: Command): void {
  command
    .description(
      'Lists and ends the sessions of people: the browsers in which they are signed in, and the programs that act for them.',
    )
    .addHelpText(
      'after',
      `
What is ended is refused from the next request on, role credentials included. Ending a browser ends every program that was
allowed in it. To end everything of a person: latchkey user sign-out.

Examples:
  latchkey session list --user alice
  latchkey session end program-129171456001240
  latchkey session end --address 203.0.113.0/24 --dry-run
  latchkey session revoke-role 111122223333 AdministratorAccess`,
    );
  addLazyCommands(command, {
    list: { summary: 'list the sessions that go on', load: () => import('./session/list.ts') },
    show: { summary: 'show a session', load: () => import('./session/show.ts') },
    end: { summary: 'end sessions', load: () => import('./session/end.ts') },
    'revoke-role': {
      summary: 'refuse the role credentials that were issued for a role so far',
      load: () => import('./session/revoke-role.ts'),
    },
  });
}
