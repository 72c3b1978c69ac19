import { existsSync } from 'node:fs';

/**
 * A folder of ours that lies elsewhere once published: beside this package's code then, in the repository until then.
 *
 * @param published - in the published package
 * @param source - in the repository
 */
function folder(published: string, source: string): URL {
  const packed = new URL(`../../${published}/`, import.meta.url);
  return existsSync(packed) ? packed : new URL(`../../../../${source}/`, import.meta.url);
}

/** The sources of the packages that modules run on, by the folder they are served from. */
export const runtimeFolders = {
  client: folder('runtime/client', 'packages/client/src'),
  wire: folder('runtime/wire', 'packages/wire/src'),
} as const;

/** Latchkey's own models. */
export const ownModels = folder('models', 'models');
