import { parseArgs } from 'node:util';
import { count, oneOf } from '../option-values.ts';
import { type AttackName, attackNames } from './attacks.ts';

export interface Options {
  readonly only: readonly AttackName[];
  /** How long each attack is measured for. */
  readonly seconds: number;
  /** Path of the command-line program to measure. Default: this repository's, built and installed. */
  readonly program: string | undefined;
  readonly help: boolean;
}

const SECONDS = 15;

export const help = `Usage: npm run bench:flood -- [options]

Attacks a server on this machine, and prints what a well-behaved client meets meanwhile: one that asks for the sign-in page
20 times a second, each time on a new connection, from an address of its own.

  --only NAME         one attack; may be repeated: ${attackNames.join(', ')}
  --seconds N         how long each is measured for (${SECONDS})
  --program FILE      measure this latchkey, e.g. the one of an older version, instead of this repository's
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
      only: { type: 'string', multiple: true, default: [...attackNames] },
      seconds: { type: 'string' },
      program: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    only: values.only.map((name) => oneOf('--only', attackNames, name)),
    seconds: count('--seconds', values.seconds, SECONDS),
    program: values.program,
    help: values.help,
  };
}
