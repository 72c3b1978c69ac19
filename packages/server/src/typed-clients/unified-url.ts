import { type ModuleOptions, readModuleOptions, renderModuleOptions } from './module-url.ts';

/** The options of each service in a unified module, by its name in URLs. */
export type UnifiedOptions = ReadonlyMap<string, ModuleOptions>;

const OF_SERVICE = /^(docs|actions|longs)\[([a-z0-9-]+)\]$/;

/**
 * Reads the query of a unified module's URL: `actions[sts]=GetCallerIdentity&docs[sts]=full`. A service is in the module when
 * one of its options is there; options without a service are for all of them. Other parameters are ignored.
 *
 * @throws {HttpProblem} on a value that an option cannot have
 */
export function parseUnifiedOptions(query: string): UnifiedOptions {
  const shared = new URLSearchParams();
  const services = new Map<string, URLSearchParams>();
  for (const [name, value] of new URLSearchParams(query)) {
    const [, option, service] = OF_SERVICE.exec(name) ?? [];
    if (option === undefined || service === undefined) {
      shared.append(name, value);
      continue;
    }
    const own = services.get(service) ?? new URLSearchParams();
    own.append(option, value);
    services.set(service, own);
  }
  return new Map(
    Array.from(services, ([service, own]) => {
      const inherited = [...shared].filter(([name]) => !own.has(name));
      return [service, readModuleOptions(new URLSearchParams([...inherited, ...own]))];
    }),
  );
}

/** @returns the query from which `parseUnifiedOptions` reads the same options */
export function renderUnifiedOptions(options: UnifiedOptions): string {
  return Array.from(options, ([service, own]) => {
    const parts = renderModuleOptions(own).slice(1);
    // Every service has its actions, though it be an empty list: they are what names it.
    return (parts.includes('actions=') ? parts : `actions=${parts && `&${parts}`}`).replaceAll(
      /(^|&)(docs|actions|longs)=/g,
      (_, start: string, name: string) => `${start}${name}[${service}]=`,
    );
  }).join('&');
}
