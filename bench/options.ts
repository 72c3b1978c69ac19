import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Settings } from './measurements/bench.ts';
import type { ServiceName } from './measurements/figures.ts';
import { isMeasured, type MeasurementName, measurementNames } from './measurements/measurement.ts';
import { count, oneOf } from './option-values.ts';

const serviceNames = [
  'latchkey',
  'postgresql',
  'peer',
  'peer-grouped',
  'limit',
] as const satisfies readonly ServiceName[];

export interface Options {
  readonly only: readonly MeasurementName[];
  readonly services: readonly ServiceName[];
  readonly settings: Settings;
  /** File that every single figure is written to. */
  readonly json: string | undefined;
  readonly help: boolean;
}

export const help = `Usage: npm run bench -- [options]

Measures Latchkey beside oidc-provider (the peer; once more with group commit) and a bare server (the limit), and with its
store in PostgreSQL, and prints a table of each.

  --quick             a few seconds of each, and ${quick().sessions.toLocaleString('en')} sessions: a first impression
  --only NAME         one measurement; may be repeated: ${measurementNames.join(', ')}
  --service NAME      one of the compared; may be repeated: ${serviceNames.join(', ')}
  --rounds N          how often each figure is taken (${thorough().rounds})
  --seconds N         how long each is taken for (${thorough().seconds})
  --starts N          how often each server is started (${thorough().starts})
  --sessions N        sessions that memory and disk are measured over (${thorough().sessions.toLocaleString('en')})
  --concurrency N     requests under way at once (${thorough().concurrency})
  --json FILE         also write every single figure to a file
  --profile FOLDER    let each server leave a CPU profile of its whole run there, named after it (node --cpu-prof): the rates
                      are lower meanwhile
  --show-output       show what the servers print
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
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [...measurementNames] },
      service: { type: 'string', multiple: true, default: [...serviceNames] },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      starts: { type: 'string' },
      sessions: { type: 'string' },
      concurrency: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
      'show-output': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const defaults = values.quick ? quick() : thorough();
  const only = values.only.map((name) => oneOf('--only', measurementNames, name));
  const services = values.service.map((name) => oneOf('--service', serviceNames, name));
  if (!only.some((measurement) => services.some((service) => isMeasured(measurement, service)))) {
    throw new TypeError(
      `Cannot measure ${only.join(', ')} of ${services.join(', ')} alone: it takes no part in that, name another --service`,
    );
  }
  return {
    only,
    services,
    settings: {
      rounds: count('--rounds', values.rounds, defaults.rounds),
      seconds: count('--seconds', values.seconds, defaults.seconds),
      starts: count('--starts', values.starts, defaults.starts),
      sessions: count('--sessions', values.sessions, defaults.sessions),
      concurrency: count('--concurrency', values.concurrency, defaults.concurrency),
      showOutput: values['show-output'],
      ...(values.profile !== undefined && { profileFolder: resolve(values.profile) }),
    },
    json: values.json,
    help: values.help,
  };
}

type Amounts = Omit<Settings, 'showOutput' | 'profileFolder'>;

function thorough(): Amounts {
  return { rounds: 5, seconds: 2, starts: 11, sessions: 100_000, concurrency: 32 };
}

function quick(): Amounts {
  return { rounds: 2, seconds: 1, starts: 3, sessions: 1_000, concurrency: 32 };
}
