import { listNearMatches } from '../config/near-match.ts';
import type { ServiceEntry } from './service-entry.ts';

const MAX_SUGGESTIONS = 5;

/**
 * Services that somebody may have meant: whose host, or name in the AWS CLI or in the AWS SDK for JavaScript v3, is the
 * one given; then those with a similar name; then those that have it in theirs.
 */
export function suggest(wanted: string, services: readonly ServiceEntry[]): readonly string[] {
  const plain = simplify(wanted).replace(/^client(?=.)/, '');
  const elsewhere = services.filter(({ files }) =>
    files.some(({ endpointPrefix = '', sdkId }) => [endpointPrefix, sdkId].map(simplify).includes(plain)),
  );
  const containing = services.filter(({ moduleName }) => plain.length > 2 && moduleName.includes(plain));
  const near = listNearMatches(
    wanted,
    services.map(({ moduleName }) => moduleName),
  );
  const names = [...elsewhere.map(nameOf), ...near, ...containing.map(nameOf)];
  return [...new Set(names)].slice(0, MAX_SUGGESTIONS);
}

function nameOf({ moduleName }: ServiceEntry): string {
  return moduleName;
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
