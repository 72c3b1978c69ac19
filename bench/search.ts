/**
 * Times searches of all published models, which must be in ../shared: `npm run bench:search`. Says how long the index took
 * to make, its size, and the processor time of the queries of the test's table, the first time and after that.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { search } from '../packages/server/src/typed-clients/search/search.ts';
import { parseSearchQuery } from '../packages/server/src/typed-clients/search/search-query.ts';
import { indexAllModels, published } from '../test/search/index-all-models.ts';
import { queries } from '../test/search/queries.ts';
import { ascending, quantile } from './load/statistics.ts';

if (!existsSync(published)) {
  console.error(`Cannot measure: ${published} is not here`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'latchkey-search-'));
try {
  const file = join(folder, 'search-index.db');
  const made = await timed(() =>
    indexAllModels(file, ({ done, total }) => {
      if (process.stderr.isTTY) process.stderr.write(`\rindexing ${done} of ${total} services `);
    }),
  );
  const { index, services } = made.result;
  const size = statSync(file).size / 1e6;
  console.log(
    `index of ${services} services: ${(made.ms / 1000).toFixed(1)} s of processor time, ${size.toFixed(0)} MB`,
  );
  for (const round of ['first time', 'again']) {
    const times: { readonly typed: string; readonly ms: number }[] = [];
    // One after the other: the processor time is that of the whole process.
    for (const [typed] of queries) {
      const { ms } = await timed(async () => search(index, parseSearchQuery(typed), 50));
      times.push({ typed, ms });
    }
    const sorted = times.map(({ ms }) => ms).toSorted(ascending);
    const longest = times.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
    console.log(
      `${queries.length} queries, ${round}: median ${quantile(sorted, 0.5).toFixed(1)} ms, ` +
        `p95 ${quantile(sorted, 0.95).toFixed(1)} ms, longest ${sorted.at(-1)?.toFixed(1)} ms of processor time`,
    );
    console.log(longest.map(({ typed, ms }) => `  ${ms.toFixed(1)} ms: ${typed}`).join('\n'));
  }
  index.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { system, user } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}
