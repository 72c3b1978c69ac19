import path from 'node:path';
import { ownModels } from '../../packages/server/src/typed-clients/package-files.ts';
import {
  type IndexFailure,
  type IndexProgress,
  indexServices,
} from '../../packages/server/src/typed-clients/search/index-services.ts';
import { SearchIndex } from '../../packages/server/src/typed-clients/search/search-index.ts';
import { ServiceLibrary } from '../../packages/server/src/typed-clients/service-library.ts';

export const published = path.resolve(import.meta.dirname, '../../../shared/api-models-aws');

/** Makes a search index of all published models and Latchkey's own. */
export async function indexAllModels(
  file: string,
  onProgress?: (progress: IndexProgress) => void,
): Promise<{
  readonly index: SearchIndex;
  readonly failures: readonly IndexFailure[];
  readonly services: number;
}> {
  const index = SearchIndex.open(file);
  const library = new ServiceLibrary([published, ownModels]);
  const failures: IndexFailure[] = [];
  await indexServices(index, library, {
    ...(onProgress && { onProgress }),
    onFailure: (failure) => failures.push(failure),
  });
  return { index, failures, services: (await library.services()).size };
}
