import { at, Misfit } from './misfit.ts';
import type { OperationSchema } from './schema.ts';

/** Compiles what an operation puts before the host, with the labels filled in; nothing when it puts nothing there. */
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

/** A label may not lead to another host than the one that is meant. */
function hostLabelOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value))
    throw new Misfit('expected a label of a host name: up to 63 letters, digits and inner hyphens');
  return value;
}
