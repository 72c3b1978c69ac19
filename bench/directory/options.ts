import { parseArgs } from 'node:util';
import { oneOf } from '../option-values.ts';

const parts = ['store', 'start', 'server'] as const;
type Part = (typeof parts)[number];

export interface Options {
  readonly only: readonly Part[];
  readonly quick: boolean;
  /** Path of the command-line program to measure. Default: this repository's, built and installed. */
  readonly program: string | undefined;
  readonly help: boolean;
}

export const help = `Usage: npm run bench:directory -- [options]

Times a directory: what requests ask of a store with 1,000,000 users, the start of a server that has them and an unchanged
file of 100,000, and a server with a file of 10,000 and 100,000 people.

  --only NAME         one part; may be repeated: ${parts.join(', ')}
  --quick             a tenth of the users, or the smaller file alone
  --program FILE      measure this latchkey as the server, instead of this repository's
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
      only: { type: 'string', multiple: true, default: [...parts] },
      quick: { type: 'boolean', default: false },
      program: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, program, help } = values;
  return { only: values.only.map((name) => oneOf('--only', parts, name)), quick, program, help };
}
