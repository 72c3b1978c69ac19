import type { Command } from 'commander';
import { addListOptions, jsonWriter, type ListOptions } from '../entries/list-command.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { tablePrinter } from '../entries/render-table.ts';
import { describeSession, sessionHeader, sessionRow } from './describe-session.ts';
import { addSearchOptions, pagesOfSessions, readSearch, type SearchOptions } from './search-options.ts';
import { parseSessionId, renderSessionId } from './session-id.ts';

export function define(command: Command): void {
  command.description(
    'Lists the sessions that go on, the newest first: browsers, then programs. When and from where each was last used is known to within an hour.',
  );
  addListOptions(addSearchOptions(command), 'the id of a session')
    .addHelpText(
      'after',
      `
Examples:
  latchkey session list --user alice
  latchkey session list --client aws-cli --unused-for 7d
  latchkey session list --address 203.0.113.0/24 --json`,
    )
    .action((options: SearchOptions & ListOptions) => list(command, options));
}

async function list(command: Command, options: SearchOptions & ListOptions): Promise<void> {
  const { limit = Number.POSITIVE_INFINITY, after, json } = options;
  const start = after === undefined ? undefined : parseSessionId(after);
  await withDirectory(command, async ({ directory }) => {
    const searches = await readSearch(directory, options);
    const begin = searches.findIndex(({ kind }) => kind === start?.kind);
    const print = json ? jsonWriter() : rowWriter();
    let left = limit;
    let last = '';
    for (const [index, search] of searches.slice(Math.max(0, begin)).entries()) {
      const from = index === 0 && begin !== -1 && start !== undefined ? { before: start.id } : {};
      // One more than is wanted says that there is more.
      for await (const page of pagesOfSessions(directory, { ...search, ...from }, left + 1)) {
        const shown = page.slice(0, left);
        for (const session of shown) print.row(json ? describeSession(session) : sessionRow(session));
        left -= shown.length;
        const end = shown.at(-1);
        if (end !== undefined) last = renderSessionId(end);
        if (shown.length === page.length) continue;
        print.end();
        console.error(`There is more: --after ${last}`);
        return;
      }
    }
    print.end();
  });
}

function rowWriter() {
  const table = tablePrinter(sessionHeader, (line) => void process.stdout.write(`${line}\n`));
  const rows: (readonly string[])[] = [];
  const flush = () => table.print(rows.splice(0));
  return {
    row(row: unknown) {
      rows.push(row as readonly string[]);
      if (rows.length === 100) flush();
    },
    end: flush,
  };
}
