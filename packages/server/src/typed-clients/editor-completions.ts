import { generations } from './aliases.ts';
import { type PathParameters, parseServiceName } from './module-url.ts';
import type { RenderContext } from './render-context.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { renderJson } from './rendered-answers.ts';
import type { ServiceEntry } from './service-entry.ts';

/**
 * What Deno's language server needs to complete the URLs of modules in an editor. The lists hold whole file names,
 * because the language server adds no extension to them.
 *
 * @see https://docs.deno.com/runtime/reference/lsp_integration/
 */
export function renderImportIntellisense(
  _request: RenderRequest,
  _parameters: PathParameters,
  { baseUrl }: RenderContext,
): Rendered {
  const completions = `${baseUrl}/v0.4/completions`;
  const registries = [
    {
      // Only what the pattern matches is completed, so it takes every character of a file name.
      schema: '/v0.4/services/:module([\\w@.-]+)',
      variables: [
        {
          key: 'module',
          documentation: `${completions}/services/\${module}`,
          url: `${completions}/services`,
        },
      ],
    },
    // A variable in place of the generation would be completed in other URLs, too.
    ...[...generations.filter((each) => each !== 'v0.4'), 'latest'].map((generation) => ({
      schema: `/${generation}/services/:module([\\w@.-]+)`,
      variables: [{ key: 'module', url: `${completions}/services` }],
    })),
    {
      schema: '/v0.4/client/:file([\\w.-]+)',
      variables: [{ key: 'file', url: `${completions}/client` }],
    },
  ];
  return renderJson({ version: 2, registries });
}

/**
 * The lists of file names that `renderImportIntellisense` refers to, and the documentation of one of them.
 *
 * @throws {HttpProblem} when there is no such service
 */
export async function renderCompletions(
  _request: RenderRequest,
  { list, name }: PathParameters,
  { library }: RenderContext,
): Promise<Rendered | undefined> {
  const sources = await library.sources();
  if (list === 'client')
    return renderJson(['credentials.ts', 'endpoints.ts', 'mod.ts', 'presign.ts'], sources);
  if (name === undefined) {
    const services = await library.services();
    const items = [...services.values()].flatMap(listFileNames);
    return renderJson({ items, isIncomplete: false }, sources);
  }
  const service = parseServiceName(name);
  if (service === undefined) return undefined;
  const { entry, file } = await library.get(service);
  const value = `**${entry.className}**: ${file.title ?? file.sdkId} (${file.version})`;
  return renderJson({ kind: 'markdown', value }, sources);
}

/**
 * The lists at the paths where aws-api.deno.dev has them: its generations; the releases of the AWS SDK for JavaScript, of
 * which there are none here; and the modules of one.
 */
export async function renderGenerationCompletions(
  _request: RenderRequest,
  { list, name }: PathParameters,
  { library }: RenderContext,
): Promise<Rendered> {
  const sources = await library.sources();
  if (name === undefined) return renderJson(list === 'generations' ? generations : [], sources);
  const services = await library.services();
  return renderJson([...services.values()].flatMap(listFileNames), sources);
}

/** @returns e.g. `ssooidc.ts`, and one more for each version where there are several */
function listFileNames({ moduleName, files }: ServiceEntry): readonly string[] {
  const versions = files.length > 1 ? files.map(({ version }) => `@${version}`) : [];
  return ['', ...versions].map((version) => `${moduleName}${version}.ts`);
}
