import type { ClientModuleOptions, DocsLevel } from '@latchkey/codegen';
import { HttpProblem } from './http-problem.ts';

/** The parts of a path that its route names, e.g. `service`. */
export type PathParameters = Readonly<Record<string, string | undefined>>;

const docsLevels: readonly string[] = ['none', 'short', 'full'] satisfies readonly DocsLevel[];

/** What a module holds of its service: the query of its URL. */
export interface ModuleOptions {
  /** Default: `none`. */
  readonly docs: DocsLevel;
  /** Operation names, where `*` stands for any characters; absent means all. */
  readonly actions?: readonly string[];
}

/** The name of a service in a URL: `ssooidc`, or `ssooidc@2019-06-10`. */
export interface ServiceName {
  readonly name: string;
  /** API version. Absent means the newest. */
  readonly version?: string;
}

export interface ModuleUrl extends ServiceName, ModuleOptions {
  readonly extension: '.ts' | '.js' | '.d.ts';
}

const SERVICE = /^([a-z0-9-]+)(?:@([\w.-]+?))?(\.d\.ts|\.ts|\.js)?$/;

/** @returns undefined when the segment cannot be the name of a service */
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
 * @throws {HttpProblem} on an unknown parameter, and on a value that `docs` cannot have
 */
export function parseModuleOptions(query: string): ModuleOptions {
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (name !== 'docs' && name !== 'actions') {
      throw new HttpProblem(
        400,
        `There is no option "${name}"`,
        'A module takes the options docs and actions.',
      );
    }
  }
  const docs = parameters.get('docs') ?? 'none';
  if (!isDocsLevel(docs)) {
    throw new HttpProblem(400, `docs cannot be "${docs}"`, `It must be one of ${docsLevels.join(', ')}.`);
  }
  const actions = parameters
    .getAll('actions')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { docs, ...(actions.length > 0 && { actions }) };
}

/** @returns the query from which `parseModuleOptions` reads the same options, with its `?`; empty when none differs from its default */
export function renderModuleOptions({ docs, actions }: ModuleOptions): string {
  const parts = [
    ...(docs === 'none' ? [] : [`docs=${docs}`]),
    ...(actions === undefined
      ? []
      : [`actions=${actions.map(encodeURIComponent).join(',').replaceAll('%2A', '*')}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** The options for generating a module that is served at its URL: it imports the runtime that this server serves. */
export function clientModuleOptions(
  options: ModuleOptions,
  runtimeExtension: 'ts' | 'js' = 'ts',
): ClientModuleOptions {
  return { ...options, runtime: (file) => `../client/${file}.${runtimeExtension}` };
}

function isDocsLevel(value: string): value is DocsLevel {
  return docsLevels.includes(value);
}
