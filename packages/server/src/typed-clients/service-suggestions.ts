import { listNearMatches } from '../config/near-match.ts';
import type { ServiceEntry } from './service-entry.ts';

const MAX_SUGGESTIONS = 5;

/**
 * Services that somebody may have meant by a name: first those that have this name elsewhere (as endpoint prefix, in the
 * AWS CLI, or in the AWS SDK for JavaScript v3), then those with a similar name, then those whose name contains it.
 */
export function suggestServices(wanted: string, services: readonly ServiceEntry[]): readonly string[] {
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
