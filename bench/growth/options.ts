import { parseArgs } from 'node:util';
import { count, oneOf } from '../option-values.ts';

const stores = ['sqlite', 'postgresql'] as const;
export type StoreName = (typeof stores)[number];

export interface Options {
  readonly stores: readonly StoreName[];
  /** Numbers of sessions, rising. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  /** File that a chart is drawn into, where one is wanted. */
  readonly chart: string | undefined;
  readonly help: boolean;
}

const SIZES = [1_000, 100_000, 1_000_000];

export const help = `Usage: npm run bench:growth -- [options]

Measures what a refresh, a poll and a token check cost a server whose store has many sessions. Each size is measured in turn
with a server that has the fewest, so that what else the machine does weighs on both alike.

  --store NAME        one store; may be repeated: ${stores.join(', ')}
  --size N            a number of sessions; may be repeated (${SIZES.map((size) => size.toLocaleString('en')).join(', ')})
  --rounds N          how often each figure is taken (5)
  --seconds N         how long each is taken for (2)
  --chart FILE        also draw an SVG
  --help              print this
`;

/**
 * Reads the command line.
 *
 * @throws {TypeError} names the fault
 */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      store: { type: 'string', multiple: true, default: [...stores] },
      size: { type: 'string', multiple: true, default: SIZES.map(String) },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      chart: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const sizes = values.size.map((size) => count('--size', size, 0)).sort((one, other) => one - other);
  if (new Set(sizes).size < 2 && !values.help) {
    throw new TypeError('Cannot compare one --size with itself: name two that differ, or none');
  }
  return {
    stores: values.store.map((name) => oneOf('--store', stores, name)),
    sizes: [...new Set(sizes)],
    rounds: count('--rounds', values.rounds, 5),
    seconds: count('--seconds', values.seconds, 2),
    chart: values.chart,
    help: values.help,
  };
}
