import { existsSync } from 'node:fs';

/**
 * Finds a folder that is beside the code in the published package, and elsewhere in the repository.
 *
 * @param published - its path in the published package
 * @param source - its path in the repository
 */
function folder(published: string, source: string): URL {
  const packed = new URL(`../../${published}/`, import.meta.url);
  return existsSync(packed) ? packed : new URL(`../../../../${source}/`, import.meta.url);
}

/** The source folders of the runtime's packages, by the folder name in URLs. */
export const runtimeFolders = {
  client: folder('runtime/client', 'packages/client/src'),
  wire: folder('runtime/wire', 'packages/wire/src'),
} as const;

/** The runtime in one file: where the published package has it, and what makes it in the repository. */
export const runtimeBundle = {
  published: new URL('../../runtime/bundle.json', import.meta.url),
  script: new URL('../../../../scripts/bundle-runtime.ts', import.meta.url),
} as const;

/** The project that `latchkey init` makes. */
export const projectTemplate = folder('templates/typescript', 'packages/server/templates/typescript');

/** Latchkey's own models. */
export const ownModels = folder('models', 'models');
