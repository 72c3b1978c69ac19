import { HttpProblem } from './http-problem.ts';
import { type PathParameters, renderModuleOptions } from './module-url.ts';
import type { RenderContext } from './render-context.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { javaScript, typeScript } from './rendered-answers.ts';
import { parseUnifiedOptions } from './unified-url.ts';

interface Member {
  readonly name: string;
  readonly className: string;
  /** Module of the service, as this module imports it. */
  readonly specifier: string;
}

/**
 * The unified module: one class, an `ApiFactory` that has a client of each service in its query.
 *
 * @throws {HttpProblem} when a service does not exist, or none is named
 */
export async function renderUnifiedModule(
  { query }: RenderRequest,
  { extension = 'ts' }: PathParameters,
  { library }: RenderContext,
): Promise<Rendered> {
  const options = parseUnifiedOptions(query);
  if (options.size === 0) {
    throw new HttpProblem(
      400,
      'The query names no service',
      'Name each by its operations: /v0.4/services/mod.ts?actions[sts]=GetCallerIdentity&actions[sso]=*',
    );
  }
  const isScript = extension === 'js';
  const members: Member[] = [];
  for (const [name, own] of options) {
    const { entry } = await library.get({ name });
    const file = `./${name}.${isScript ? 'js' : 'ts'}`;
    members.push({ name, className: entry.className, specifier: file + renderModuleOptions(own) });
  }
  return {
    status: 200,
    contentType: isScript ? javaScript : typeScript,
    body: textOf(members, extension),
    headers: isScript ? { 'x-typescript-types': `/v0.4/services/mod.d.ts?${query}` } : {},
    sources: await library.sources(),
  };
}

function textOf(members: readonly Member[], extension: string): string {
  const imports = members.map(
    ({ className, specifier }, index) => `import { ${className} as Service${index} } from '${specifier}';\n`,
  );
  const runtime = `import { ApiFactory } from '../client/mod.${extension === 'js' ? 'js' : 'ts'}';\n`;
  const accessors = members.map(({ name }, index) => {
    const [service, key] = [`Service${index}`, /^[a-z]\w*$/.test(name) ? name : `'${name}'`];
    if (extension === 'd.ts') return `  get ${key}(): ${service};\n`;
    const isScript = extension === 'js';
    return `  #client${index}${isScript ? '' : `: ${service} | undefined`};
  get ${key}()${isScript ? '' : `: ${service}`} {
    return (this.#client${index} ??= new ${service}(this));
  }
`;
  });
  const docs =
    extension === 'js'
      ? ''
      : '/** Makes clients, as `ApiFactory` does, and has one of each service in the query of the URL. */\n';
  const declared = 'export default class AwsApi extends ApiFactory {\n';
  return `${runtime}${imports.join('')}\n${docs}${declared}${accessors.join('')}}\n`;
}
