import { parseArgs } from 'node:util';
import { count, oneOf } from '../option-values.ts';

export const measurementNames = ['size', 'start', 'throughput', 'generation', 'url'] as const;
export type MeasurementName = (typeof measurementNames)[number];

export interface ClientSettings {
  /** Number of throughput measurements. */
  readonly rounds: number;
  /** Duration of each, in seconds. */
  readonly seconds: number;
  /** Number of starts of each program. */
  readonly starts: number;
  /** Calls under way at once. */
  readonly concurrency: number;
}

export interface ClientOptions {
  readonly only: readonly MeasurementName[];
  readonly settings: ClientSettings;
  /** File that every single figure is written to. */
  readonly json: string | undefined;
  readonly help: boolean;
}

const thorough: ClientSettings = { rounds: 5, seconds: 2, starts: 15, concurrency: 32 };
const quick: ClientSettings = { rounds: 2, seconds: 1, starts: 5, concurrency: 32 };

export const help = `Usage: npm run bench:clients -- [options]

Measures Latchkey's clients beside the AWS SDK for JavaScript v3, and prints one table.

  --quick             a few seconds of each: a first impression
  --only NAME         one measurement; may be repeated: ${measurementNames.join(', ')}
  --rounds N          how often each figure is taken (${thorough.rounds})
  --seconds N         how long each is taken for (${thorough.seconds})
  --starts N          how often each program is started (${thorough.starts})
  --concurrency N     calls under way at once (${thorough.concurrency})
  --json FILE         also write every single figure to a file
  --help              print this
`;

/**
 * Reads the command line.
 *
 * @throws {TypeError} names the fault
 */
export function parseOptions(args: readonly string[]): ClientOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [...measurementNames] },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      starts: { type: 'string' },
      concurrency: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const defaults = values.quick ? quick : thorough;
  return {
    only: values.only.map((name) => oneOf('--only', measurementNames, name)),
    settings: {
      rounds: count('--rounds', values.rounds, defaults.rounds),
      seconds: count('--seconds', values.seconds, defaults.seconds),
      starts: count('--starts', values.starts, defaults.starts),
      concurrency: count('--concurrency', values.concurrency, defaults.concurrency),
    },
    json: values.json,
    help: values.help,
  };
}
