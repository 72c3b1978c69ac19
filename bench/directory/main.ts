/** Measures a large directory, in the store and in a running server: `npm run bench:directory [-- --quick]`. */
import { runWithOptions } from '../run-with-options.ts';
import { measureServer, measureStart } from './measure-server.ts';
import { measureStore } from './measure-store.ts';
import { help, type Options, parseOptions } from './options.ts';

async function run({ only, quick, program }: Options): Promise<void> {
  if (only.includes('store')) await measureStore(quick);
  if (only.includes('start')) await measureStart(quick, program);
  if (only.includes('server')) await measureServer(quick ? [10_000] : [10_000, 100_000], program);
}

await runWithOptions({ parse: parseOptions, help, run });
