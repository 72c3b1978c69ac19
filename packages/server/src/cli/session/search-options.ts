import { type Command, Option } from 'commander';
import { parseDuration } from '../../config/duration.ts';
import { addressBlock } from '../../config/setting-types.ts';
import type { CommandDirectory } from '../../control/command-directory.ts';
import { MAX_PAGE } from '../../control/command-directory.ts';
import type { SessionSearch } from '../../control/command-sessions.ts';
import type { ListedSession, SessionKind } from '../../store/port/session-lists.ts';
import { getEntry } from '../entries/find-entry.ts';
import { checkOption } from '../entries/option.ts';
import { CommandError, exitCode } from '../exit-code.ts';

export interface SearchOptions {
  readonly user?: string;
  readonly client?: string;
  readonly address?: string;
  readonly olderThan?: string;
  readonly unusedFor?: string;
  readonly kind?: SessionKind;
}

/** Adds the options by which sessions are searched. */
export function addSearchOptions(command: Command): Command {
  return command
    .option('--user <name>', 'sessions of a person')
    .option('--client <text>', 'programs whose name contains a text')
    .option('--address <address>', 'last used from an IP address or a network, such as 203.0.113.0/24')
    .option('--older-than <duration>', 'sessions that began so long ago, such as 30d')
    .option('--unused-for <duration>', 'sessions that nobody has used for so long; to within an hour')
    .addOption(new Option('--kind <kind>', 'browsers or programs alone').choices(['browser', 'program']));
}

export type Search = Omit<SessionSearch, 'kind' | 'before' | 'limit'>;

/**
 * Reads what is searched for, and finds the person.
 *
 * @returns the searches, one for each kind: browsers first, as ending one ends programs
 * @throws {CommandError}
 */
export async function readSearch(
  directory: CommandDirectory,
  { user, client, address, olderThan, unusedFor, kind }: SearchOptions,
): Promise<readonly (Search & { readonly kind: SessionKind })[]> {
  checkOption('--address', address, addressBlock('An IP address or CIDR block.'));
  const begunBeforeMs = instantBefore('--older-than', olderThan);
  const usedBeforeMs = instantBefore('--unused-for', unusedFor);
  const userId = user === undefined ? undefined : (await getEntry(directory, 'user', user)).id;
  const search: Search = {
    ...(userId !== undefined && { userId }),
    ...(client !== undefined && { client }),
    ...(address !== undefined && { address }),
    ...(begunBeforeMs !== undefined && { begunBeforeMs }),
    ...(usedBeforeMs !== undefined && { usedBeforeMs }),
  };
  const kinds = (['browser', 'program'] as const)
    .filter((each) => kind === undefined || each === kind)
    .filter((each) => client === undefined || each === 'program');
  return kinds.map((each) => ({ ...search, kind: each }));
}

function instantBefore(name: string, duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const seconds = parseDuration(duration);
  if (seconds !== undefined) return Math.max(0, Date.now() - seconds * 1000);
  throw new CommandError(
    `${name}: expected a duration such as 90m, 8h or 30d, got ${JSON.stringify(duration)}`,
    exitCode.usage,
  );
}

/** Goes through all sessions that a search finds, page by page. A page may be empty: the search goes on. */
export async function* pagesOfSessions(
  directory: CommandDirectory,
  search: Search & { readonly kind: SessionKind; readonly before?: number },
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly ListedSession[]> {
  let before: number | undefined = search.before;
  for (let left = most; left > 0; ) {
    const page = { ...search, limit: Math.min(left, MAX_PAGE), ...(before !== undefined && { before }) };
    const found = await directory.searchSessions(page);
    yield found.sessions;
    left -= found.sessions.length;
    if (found.before === undefined) return;
    before = found.before;
  }
}
