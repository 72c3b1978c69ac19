import { at, Misfit } from './misfit.ts';
import type { OperationSchema } from './schema.ts';

/** Compiles the writer of an operation's host prefix, with its labels filled in. An operation without one adds nothing. */
export function hostPrefixWriter({
  hostPrefix,
}: OperationSchema): (input: Readonly<Record<string, unknown>>) => { readonly hostPrefix?: string } {
  if (hostPrefix === undefined) return () => ({});
  return (input) => ({
    hostPrefix: hostPrefix.replace(/\{(\w+)\}/g, (_label, name: string) =>
      at(name, () => hostLabelOf(input[name])),
    ),
  });
}

/** Checks a label of the host prefix: one with other characters could lead to another host. */
function hostLabelOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value))
    throw new Misfit('expected a label of a host name: up to 63 letters, digits and inner hyphens');
  return value;
}
