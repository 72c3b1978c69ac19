import { keyOf, runsOf } from './names.ts';
import type { SearchedService } from './search-entry.ts';

export function namesOfService({
  className,
  moduleName,
  otherNames,
  title,
}: SearchedService): readonly string[] {
  return [moduleName, className, title, ...otherNames];
}

const known = new WeakMap<SearchedService, readonly string[]>();

/** @returns the words by which the names of a service are found */
export function runsOfService(service: SearchedService): readonly string[] {
  const runs =
    known.get(service) ?? namesOfService(service).flatMap((name) => [keyOf(name), ...runsOf(name)]);
  known.set(service, runs);
  return runs;
}
