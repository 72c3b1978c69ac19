import { type ClientModule, clientModule, NoMatchingAction } from '@latchkey/codegen';
import type { Model, ModelFile } from '@latchkey/smithy';
import { HttpProblem } from './http-problem.ts';
import {
  clientModuleOptions,
  type ModuleOptions,
  type ModuleUrl,
  type PathParameters,
  parseModuleOptions,
  parseServiceName,
  renderModuleOptions,
} from './module-url.ts';
import type { RenderContext } from './render-context.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { javaScript, typeScript } from './rendered-answers.ts';
import { nameInUrl } from './service-entry.ts';

/** The typed client of a service, as TypeScript, JavaScript or declarations. */
export async function renderClientModule(
  { query }: RenderRequest,
  { service: segment = '' }: PathParameters,
  { library }: RenderContext,
): Promise<Rendered | undefined> {
  const service = parseServiceName(segment);
  if (service?.extension === undefined) return undefined;
  const options = parseModuleOptions(query);
  const { entry, file } = await library.get(service);
  const model = await library.read(file);
  const isScript = service.extension === '.js';
  const module = generateModule(model, file.serviceId, options, isScript ? 'js' : 'ts');
  return {
    status: 200,
    contentType: isScript ? javaScript : typeScript,
    body: textOf(module, service.extension),
    headers: isScript
      ? {
          'x-typescript-types': `/v0.4/services/${nameInUrl(entry, service)}.d.ts${renderModuleOptions(options)}`,
        }
      : {},
    sources: [{ path: file.path, mtimeMs: file.mtimeMs }],
  };
}

/** @throws {HttpProblem} when no operation matches the options */
export function generateModule(
  model: Model,
  serviceId: ModelFile['serviceId'],
  options: ModuleOptions,
  runtimeExtension: 'ts' | 'js' = 'ts',
): ClientModule {
  try {
    return clientModule(model, serviceId, clientModuleOptions(options, runtimeExtension));
  } catch (error) {
    if (!(error instanceof NoMatchingAction)) throw error;
    const advice = 'actions= takes names of operations, with * for any characters.';
    throw new HttpProblem(404, error.message, advice, { cause: error });
  }
}

function textOf(module: ClientModule, extension: ModuleUrl['extension']): string {
  if (extension === '.ts') return module.typescript;
  return extension === '.js' ? module.javascript : module.declarations;
}
