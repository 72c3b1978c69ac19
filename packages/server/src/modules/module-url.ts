import type { ClientModuleOptions } from '@latchkey/codegen';
import { Problem } from './problem.ts';

export type DocsLevel = 'none' | 'short' | 'full';

const docsLevels: readonly string[] = ['none', 'short', 'full'] satisfies readonly DocsLevel[];

/** What of a service a module is to hold. */
export interface ModuleOptions {
  /** Default `none` for programs; pages choose for themselves. */
  readonly docs: DocsLevel;
  /** Operation names, where `*` stands for any characters; absent means all. */
  readonly actions?: readonly string[];
}

/** The name of a service in a URL: `ssooidc`, or `ssooidc@2019-06-10`. */
export interface ServiceName {
  readonly name: string;
  /** API version. Absent: the newest. */
  readonly version?: string;
}

export interface ModuleUrl extends ServiceName, ModuleOptions {
  readonly extension: '.ts' | '.js' | '.d.ts';
}

const SERVICE = /^([a-z0-9-]+)(?:@([\w.-]+?))?(\.d\.ts|\.ts|\.js)?$/;

/** @returns undefined when it cannot be a service's name */
export function parseServiceName(
  segment: string,
): (ServiceName & { readonly extension?: ModuleUrl['extension'] }) | undefined {
  const [, name, version, extension] = SERVICE.exec(segment) ?? [];
  if (name === undefined) return undefined;
  return {
    name,
    ...(version !== undefined && { version }),
    ...(extension !== undefined && { extension: extension as ModuleUrl['extension'] }),
  };
}

/**
 * Reads the query of a module's URL: `docs` and `actions`.
 *
 * @throws {Problem} on a value that means nothing, and on a parameter there is none of
 */
export function parseModuleOptions(query: string): ModuleOptions {
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (name !== 'docs' && name !== 'actions') {
      throw new Problem(400, `There is no option "${name}"`, 'A module takes the options docs and actions.');
    }
  }
  const docs = parameters.get('docs') ?? 'none';
  if (!isDocsLevel(docs)) {
    throw new Problem(400, `docs cannot be "${docs}"`, `It must be one of ${docsLevels.join(', ')}.`);
  }
  const actions = parameters
    .getAll('actions')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { docs, ...(actions.length > 0 && { actions }) };
}

/** The query that `parseModuleOptions` reads the same options from; empty, or with its `?`. */
export function renderModuleOptions({ docs, actions }: ModuleOptions): string {
  const parts = [
    ...(docs === 'none' ? [] : [`docs=${docs}`]),
    ...(actions === undefined
      ? []
      : [`actions=${actions.map(encodeURIComponent).join(',').replaceAll('%2A', '*')}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Generator options of a module as this server serves it: it imports the runtime from the folder beside its own. */
export function clientOptions(
  options: ModuleOptions,
  runtimeExtension: 'ts' | 'js' = 'ts',
): ClientModuleOptions {
  return { ...options, runtime: (file) => `../client/${file}.${runtimeExtension}` };
}

function isDocsLevel(value: string): value is DocsLevel {
  return docsLevels.includes(value);
}
