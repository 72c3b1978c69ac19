import { environment } from '../platform/environment.ts';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Looks up an environment variable; an empty one counts as absent. */
export type Environment = (name: string) => string | undefined;

/**
 * Looks up the given variables, or those of the process where none are given.
 *
 * @param overrides variables that count instead; undefined ones do not
 */
export function environmentOf(variables: Variables | undefined, overrides: Variables = {}): Environment {
  const base: Environment = variables === undefined ? environment : (name) => variables[name] || undefined;
  return (name) => {
    const value = overrides[name];
    return value === undefined ? base(name) : value || undefined;
  };
}
