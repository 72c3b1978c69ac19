import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLatchkey } from '../../fixtures/start-latchkey.ts';
import type { Latchkey } from '../../testing-kit/mod.ts';

const weather = new URL('../../../../codegen/src/testing/weather.json', import.meta.url);

/** Starts an instance with Latchkey's own models, the weather model, and the given ones; `settings` are of its configuration. */
export async function startWithModels(
  models: Readonly<Record<string, object>> = {},
  settings: object = {},
): Promise<Latchkey & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-models-'));
  await copyFile(weather, path.join(folder, 'weather.json'));
  for (const [name, model] of Object.entries(models)) {
    await writeFile(path.join(folder, `${name}.json`), JSON.stringify(model));
  }
  const latchkey = await startLatchkey({ settings: { models: [folder], ...settings } });
  const close = async () => {
    await latchkey.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...latchkey, folder, close };
}

/** @returns the text that a person reads on a page */
export function readableText(markup: string): string {
  const visible = markup.replace(/^[\s\S]*?<main/, '<main').replaceAll(/<[^>]*>/g, '');
  return decodeEntities(visible);
}

export function decodeEntities(markup: string): string {
  return markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(?:39|x27);/g, "'")
    .replaceAll('&amp;', '&');
}

/** @returns the targets of all links of a page */
export function linksOf(markup: string): readonly string[] {
  return Array.from(markup.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g), ([, href = '']) => decodeEntities(href));
}

export function idsOf(markup: string): readonly string[] {
  return Array.from(markup.matchAll(/<[a-z][^>]*?\sid="([^"]*)"/g), ([, id = '']) => decodeEntities(id));
}
