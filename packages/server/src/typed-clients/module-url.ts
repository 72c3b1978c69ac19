import type { ClientModuleOptions, DocsLevel } from '@latchkey/codegen';
import { HttpProblem } from './http-problem.ts';

/** The parts of a path that its route names, e.g. `service`. */
export type PathParameters = Readonly<Record<string, string | undefined>>;

const docsLevels: readonly string[] = ['none', 'short', 'full'] satisfies readonly DocsLevel[];
const DEFAULT_DOCS: DocsLevel = 'short';

/** What a module holds of its service: the query of its URL. */
export interface ModuleOptions {
  /** Default: `short`. */
  readonly docs: DocsLevel;
  /** Operation names, where `*` stands for any characters; absent means all. */
  readonly actions?: readonly string[];
  /** Whether 64-bit integers are `bigint`. Absent means `number`. */
  readonly longs?: 'bigint';
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
 * Reads the query of a module's URL: `docs`, `actions` and `longs`. Other parameters are ignored, as tools add some and
 * programs written for other servers have some. A parameter without a value counts as absent.
 *
 * @throws {HttpProblem} on a value that `docs` or `longs` cannot have
 */
export function parseModuleOptions(query: string): ModuleOptions {
  return readModuleOptions(new URLSearchParams(query));
}

/** As `parseModuleOptions`, from parameters that are parsed already. @throws {HttpProblem} */
export function readModuleOptions(parameters: URLSearchParams): ModuleOptions {
  const docs = parameters.get('docs') || DEFAULT_DOCS;
  if (!isDocsLevel(docs)) {
    throw new HttpProblem(400, `docs cannot be "${docs}"`, `It must be one of ${docsLevels.join(', ')}.`);
  }
  const longs = parameters.get('longs') || 'number';
  if (longs !== 'number' && longs !== 'bigint') {
    throw new HttpProblem(400, `longs cannot be "${longs}"`, 'It must be number or bigint.');
  }
  const actions = parameters
    .getAll('actions')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { docs, ...(actions.length > 0 && { actions }), ...(longs === 'bigint' && { longs }) };
}

/** @returns the query from which `parseModuleOptions` reads the same options, with its `?`; empty when none differs from its default */
export function renderModuleOptions({ docs, actions, longs }: ModuleOptions): string {
  const parts = [
    ...(docs === DEFAULT_DOCS ? [] : [`docs=${docs}`]),
    ...(actions === undefined ? [] : [`actions=${actions.map(encodeAction).join(',')}`]),
    ...(longs === undefined ? [] : [`longs=${longs}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** An apostrophe is encoded, too: the URL stands between apostrophes in the modules that import it. */
function encodeAction(name: string): string {
  return encodeURIComponent(name).replaceAll("'", '%27');
}

/** The options for generating a module that is served at its URL: it imports the runtime that this server serves. */
export function clientModuleOptions(
  options: ModuleOptions,
  runtimeExtension: 'ts' | 'js' = 'ts',
): ClientModuleOptions {
  return {
    ...options,
    unmatchedActions: 'noted',
    runtime: (file) => `../client/${file}.${runtimeExtension}`,
  };
}

function isDocsLevel(value: string): value is DocsLevel {
  return docsLevels.includes(value);
}
