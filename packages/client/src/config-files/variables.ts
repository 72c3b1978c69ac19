import { environment } from '../platform/environment.ts';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Looks up an environment variable; an empty one counts as absent. */
export type Environment = (name: string) => string | undefined;

/** Looks up the given variables, or those of the process where none are given. */
export function environmentOf(variables: Variables | undefined): Environment {
  return variables === undefined ? environment : (name) => variables[name] || undefined;
}
