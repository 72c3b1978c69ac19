import { globals } from './globals.ts';

/**
 * Reads an environment variable. An empty one counts as absent, as in every AWS tool. In Deno, a variable that the
 * program may not read counts as absent, too, without a prompt; `environmentHint` tells of it where it was needed.
 */
export function environment(name: string): string | undefined {
  const { Deno, process } = globals;
  if (Deno === undefined) return process?.env?.[name] || undefined;
  return mayRead(name) ? Deno.env.get(name) || undefined : undefined;
}

/** End of an error message about something missing: that Deno may not read a variable which could have set it. */
export function environmentHint(...names: readonly string[]): string {
  const denied = names.filter((name) => !mayRead(name));
  return denied.length === 0
    ? ''
    : ` (Deno may not read the environment: add --allow-env=${denied.join(',')})`;
}

function mayRead(variable: string): boolean {
  const { Deno } = globals;
  return Deno === undefined || Deno.permissions.querySync({ name: 'env', variable }).state === 'granted';
}
