import * as v from 'valibot';
import { CommandError, exitCode } from '../exit-code.ts';

/**
 * Checks what an argument or an option gives, before the entry would be found at fault for it.
 *
 * @param name - e.g. `--email`
 * @throws {CommandError} with the exit code for a wrong command line
 */
export function checkOption(name: string, value: string | undefined, schema: v.GenericSchema): void {
  if (value === undefined) return;
  const result = v.safeParse(schema, value);
  if (result.success) return;
  const [{ message }] = result.issues;
  throw new CommandError(`${name}: expected ${message}, got ${JSON.stringify(value)}`, exitCode.usage);
}

/** `null` removes a value: an option that is given with nothing (`--description ""`). */
export function removable(value: string): string | null {
  return value === '' ? null : value;
}

/** @throws {CommandError} when a command that changes something is told to change nothing */
export function requireOption(values: object, options: readonly string[]): void {
  if (Object.keys(values).length > 0) return;
  throw new CommandError(`Nothing was asked for: give at least one of ${options.join(', ')}`, exitCode.usage);
}
