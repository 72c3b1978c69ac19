import { type ClientModule, clientModule, NoMatchingAction } from '@latchkey/codegen';
import type { Made, MakeRequest } from './making.ts';
import { javaScript, typeScript } from './media-types.ts';
import {
  clientOptions,
  type ModuleOptions,
  parseModuleOptions,
  parseServiceName,
  type ServiceName,
} from './module-url.ts';
import { Problem } from './problem.ts';
import type { ServiceEntry } from './service-entry.ts';
import type { Tools } from './tools.ts';

const FOLDER = '/v0.4/services/';

/** @returns undefined when the path is not that of a module */
export async function makeClientModule(
  { path, query }: MakeRequest,
  { library }: Tools,
): Promise<Made | undefined> {
  if (!path.startsWith(FOLDER)) return undefined;
  const service = parseServiceName(path.slice(FOLDER.length));
  if (service?.extension === undefined) return undefined;
  const options = parseModuleOptions(query);
  const { entry, file } = await library.get(service);
  const model = await library.read(file);
  const module = generate(model, file.serviceId, options, service.extension === '.js' ? 'js' : 'ts');
  const search = query === '' ? '' : `?${query}`;
  return {
    status: 200,
    contentType: service.extension === '.js' ? javaScript : typeScript,
    body: textOf(module, service.extension),
    headers:
      service.extension === '.js'
        ? { 'x-typescript-types': `${FOLDER}${nameInUrl(entry, service)}.d.ts${search}` }
        : {},
    sources: [{ path: file.path, mtimeMs: file.mtimeMs }],
  };
}

/** @throws {Problem} when no operation matches the options */
export function generate(
  model: Parameters<typeof clientModule>[0],
  serviceId: Parameters<typeof clientModule>[1],
  options: ModuleOptions,
  runtimeExtension: 'ts' | 'js' = 'ts',
): ClientModule {
  try {
    return clientModule(model, serviceId, clientOptions(options, runtimeExtension));
  } catch (error) {
    if (!(error instanceof NoMatchingAction)) throw error;
    throw new Problem(404, error.message, 'actions= takes names of operations, with * for any characters.', {
      cause: error,
    });
  }
}

function textOf(module: ClientModule, extension: '.ts' | '.js' | '.d.ts'): string {
  if (extension === '.ts') return module.typescript;
  return extension === '.js' ? module.javascript : module.declarations;
}

/** @returns e.g. `ssooidc`, or `ssooidc@2019-06-10` when a version was asked for */
export function nameInUrl({ moduleName }: ServiceEntry, { version }: ServiceName): string {
  return version === undefined ? moduleName : `${moduleName}@${version}`;
}
