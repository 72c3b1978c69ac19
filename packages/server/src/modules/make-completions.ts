import type { Made, SourceFile } from './making.ts';
import { json } from './media-types.ts';
import { parseServiceName } from './module-url.ts';
import type { ServiceEntry } from './service-entry.ts';
import type { Tools } from './tools.ts';

const PATH = /^\/v0\.4\/completions\/(services|client)(?:\/([\w@.-]+))?$/;

/**
 * What an editor offers while the URL of a module is typed; `intellisense.ts` leads here.
 *
 * @returns undefined when the path is not that of completions
 * @throws {Problem} when there is no such service
 */
export async function makeCompletions(path: string, { library }: Tools): Promise<Made | undefined> {
  const [, list, name] = PATH.exec(path) ?? [];
  if (list === undefined) return undefined;
  const sources = await library.sources();
  if (list === 'client') return answer(sources, ['mod.ts', 'presign.ts']);
  if (name === undefined) {
    const services = await library.services();
    return answer(sources, { items: [...services.values()].flatMap(fileNames), isIncomplete: false });
  }
  const service = parseServiceName(name);
  if (service === undefined) return undefined;
  const { entry, file } = await library.get(service);
  const value = `**${entry.className}**: ${file.title ?? file.sdkId} (${file.version})`;
  return answer(sources, { kind: 'markdown', value });
}

/** @returns e.g. `ssooidc.ts`, and with each version where there are several */
function fileNames({ moduleName, files }: ServiceEntry): readonly string[] {
  const versions = files.length > 1 ? files.map(({ version }) => `@${version}`) : [];
  return ['', ...versions].map((version) => `${moduleName}${version}.ts`);
}

function answer(sources: readonly SourceFile[], value: unknown): Made {
  return { status: 200, contentType: json, body: `${JSON.stringify(value)}\n`, headers: {}, sources };
}
