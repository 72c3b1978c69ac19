import type { Tools } from './make.ts';
import type { Made, SourceFile } from './making.ts';
import { json } from './media-types.ts';

const PATH = /^\/v0\.4\/completions\/(services|versions|client)(?:\/([\w-]+))?$/;

/**
 * What an editor offers while the URL of a module is typed; `intellisense.ts` leads here.
 *
 * @returns undefined when the path is not that of completions
 */
export async function makeCompletions(path: string, { library }: Tools): Promise<Made | undefined> {
  const [, list, service] = PATH.exec(path) ?? [];
  if (list === undefined) return undefined;
  const [services, sources] = await Promise.all([library.services(), library.sources()]);
  const entry = service === undefined ? undefined : services.get(service);
  if (list === 'client') return answer(sources, ['mod', 'presign']);
  if (list === 'versions') return answer(sources, entry?.files.map(({ version }) => version) ?? []);
  if (service === undefined) return answer(sources, { items: [...services.keys()], isIncomplete: false });
  const [newest] = entry?.files ?? [];
  if (entry === undefined || newest === undefined) return undefined;
  const title = newest.title ?? newest.sdkId;
  return answer(sources, { kind: 'markdown', value: `**${entry.className}**: ${title} (${newest.version})` });
}

function answer(sources: readonly SourceFile[], value: unknown): Made {
  return { status: 200, contentType: json, body: `${JSON.stringify(value)}\n`, headers: {}, sources };
}
