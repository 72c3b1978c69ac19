import { globals } from './globals.ts';

/**
 * Reads an environment variable; an empty one counts as absent, as in every AWS tool. Deno is never made to ask for
 * a permission: a variable that it may not read is absent, and `environmentHint` says so where it was needed.
 */
export function environment(name: string): string | undefined {
  const { Deno, process } = globals;
  if (Deno === undefined) return process?.env?.[name] || undefined;
  return mayRead(name) ? Deno.env.get(name) || undefined : undefined;
}

/** Ends a message about something that a variable could have given, where Deno may not read it. */
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
