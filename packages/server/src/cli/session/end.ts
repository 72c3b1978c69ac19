import type { Command } from 'commander';
import type { CommandDirectory } from '../../control/command-directory.ts';
import type { ListedSession } from '../../store/port/session-lists.ts';
import { commandActor } from '../entries/actor.ts';
import { jsonWriter } from '../entries/list-command.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { printable } from '../entries/render-table.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { describeSession } from './describe-session.ts';
import { getSession } from './get-session.ts';
import { addSearchOptions, pagesOfSessions, readSearch, type SearchOptions } from './search-options.ts';
import { parseSessionId, renderSessionId } from './session-id.ts';

interface EndOptions extends SearchOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .description(
      'Ends sessions: those that are named, or all that the options find. From the next request on, nothing that came of them works, role credentials included.',
    )
    .argument('[session...]', 'ids of sessions, as the list shows them');
  addSearchOptions(command)
    .option('--dry-run', 'say which sessions would end, and end none')
    .option('--json', 'print the sessions as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey session end program-129171456001240
  latchkey session end --user alice --client aws-cli
  latchkey session end --unused-for 30d --dry-run`,
    )
    .action((given: string[], options: EndOptions) => end(command, given, options));
}

async function end(command: Command, given: readonly string[], options: EndOptions): Promise<void> {
  const { dryRun = false, json, ...conditions } = options;
  const hasConditions = Object.keys(conditions).length > 0;
  if (given.length > 0 === hasConditions) {
    const expected = 'Give either ids of sessions or conditions, such as --user alice';
    throw new CommandError(`${expected}; \`latchkey session list\` says what they find`, exitCode.usage);
  }
  for (const id of given) parseSessionId(id);
  const print = json ? jsonWriter() : lineWriter(dryRun);
  await withDirectory(command, async ({ directory }) => {
    const pages = hasConditions ? findAll(directory, conditions) : findNamed(directory, given);
    for await (const sessions of pages) {
      for (const session of sessions) {
        const { kind, id } = session;
        const isEnded = dryRun || (await directory.endSession({ kind, id }, commandActor()));
        if (isEnded) print.row(describeSession(session));
        else if (!hasConditions) console.error(`${renderSessionId(session)} has ended already`);
      }
    }
    print.end();
  });
}

async function* findNamed(
  directory: CommandDirectory,
  given: readonly string[],
): AsyncGenerator<readonly ListedSession[]> {
  const sessions = await Promise.all(given.map((id) => getSession(directory, id)));
  yield sessions;
}

async function* findAll(
  directory: CommandDirectory,
  conditions: SearchOptions,
): AsyncGenerator<readonly ListedSession[]> {
  for (const search of await readSearch(directory, conditions)) yield* pagesOfSessions(directory, search);
}

function lineWriter(isDryRun: boolean) {
  let count = 0;
  return {
    row(row: unknown) {
      const { id, userName, userId, client, address } = row as ReturnType<typeof describeSession>;
      const what = client === undefined ? '' : ` (${client})`;
      const from = address === undefined ? '' : `, last used from ${address}`;
      const did = isDryRun ? 'Would end' : 'Ended';
      console.log(printable(`${did} ${id}${what} of ${userName ?? userId}${from}`));
      count += 1;
    },
    end() {
      if (count === 0) console.log('No session was found that goes on');
    },
  };
}
