/** The script of the thread that brings the search index up to date; it ends when that is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { ownModels } from '../package-files.ts';
import { ServiceLibrary } from '../service-library.ts';
import { indexServices } from './index-services.ts';
import type { IndexingMessage, IndexingSettings } from './indexing.ts';
import { SearchIndex } from './search-index.ts';

const { models, searchIndex } = workerData as IndexingSettings;
const post = (message: IndexingMessage) => parentPort?.postMessage(message);

const index = SearchIndex.open(searchIndex);
try {
  await indexServices(index, new ServiceLibrary([...models, ownModels]), {
    onProgress: (progress) => post({ progress }),
    onFailure: (failure) => post({ failure }),
  });
} finally {
  index.close();
}
