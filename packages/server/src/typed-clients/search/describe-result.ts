import type { FoundEntry } from './search-index.ts';

/** @returns the path of the reference page that is about an entry, with the fragment of a member */
export function resultUrl({ kind, member, service, symbol }: FoundEntry): string {
  const overview = `/v0.4/docs/${service.moduleName}`;
  if (kind === 'service') return overview;
  const page = (name: string) => `${overview}/${encodeURIComponent(name)}`;
  if (member === undefined) return page(symbol);
  const isMethod = kind === 'operation' || kind === 'paginator' || kind === 'waiter';
  return isMethod ? page(`${symbol}.${member}`) : `${page(symbol)}#${encodeURIComponent(member)}`;
}

/** @returns the name of an entry as people write it, e.g. `CreateTokenRequest.clientId` */
export function resultName({ kind, member, service, symbol }: FoundEntry): string {
  if (kind === 'service') return service.className;
  return member === undefined ? symbol : `${symbol}.${member}`;
}

/** @returns a result as programs read it */
export function describeResult(entry: FoundEntry) {
  const { kind, service, summary } = entry;
  return {
    kind,
    name: resultName(entry),
    service: service.moduleName,
    title: service.title,
    url: resultUrl(entry),
    summary,
  };
}
