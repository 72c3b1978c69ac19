import { serviceReference } from '@latchkey/codegen';
import type { ModelFile } from '@latchkey/smithy';
import { clientModuleOptions } from '../module-url.ts';
import type { ServiceEntry } from '../service-entry.ts';
import type { ServiceLibrary } from '../service-library.ts';
import { entriesOfService, searchedService } from './entries-of-service.ts';
import type { SearchIndex } from './search-index.ts';

/** How far the index is. */
export interface IndexProgress {
  readonly done: number;
  readonly total: number;
  /** The service that is read now. */
  readonly moduleName?: string;
}

/** Why a service is not in the index. */
export interface IndexFailure {
  readonly moduleName: string;
  readonly message: string;
}

export interface IndexOptions {
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly onFailure?: (failure: IndexFailure) => void;
  /** Ends after the service at hand. */
  readonly signal?: AbortSignal;
}

/**
 * Brings the index up to date with the models: services whose model is new or has changed are read, those that are gone are
 * removed. A service whose model cannot be used is not in the index.
 */
export async function indexServices(
  index: SearchIndex,
  library: ServiceLibrary,
  { onFailure, onProgress, signal }: IndexOptions = {},
): Promise<void> {
  const services = await library.services();
  const known = index.sources();
  for (const moduleName of known.keys()) if (!services.has(moduleName)) index.remove(moduleName);
  const outdated = Array.from(services.values()).filter((entry) => {
    const [newest] = entry.files;
    return newest !== undefined && known.get(entry.moduleName) !== sourceOf(newest);
  });
  let done = services.size - outdated.length;
  for (const entry of outdated) {
    if (signal?.aborted) return;
    onProgress?.({ done, total: services.size, moduleName: entry.moduleName });
    try {
      await indexService(index, library, entry);
    } catch (error) {
      index.remove(entry.moduleName);
      onFailure?.({
        moduleName: entry.moduleName,
        message: error instanceof Error ? error.message : String(error),
      });
    }
    done += 1;
  }
  onProgress?.({ done, total: services.size });
}

async function indexService(index: SearchIndex, library: ServiceLibrary, entry: ServiceEntry): Promise<void> {
  const [newest] = entry.files;
  if (newest === undefined) return;
  const model = await library.read(newest);
  const reference = serviceReference(model, newest.serviceId, clientModuleOptions({ docs: 'full' }));
  const service = searchedService(entry);
  index.replace(service, sourceOf(newest), entriesOfService(service, reference));
}

/** The model's path and the time of its last change. */
function sourceOf({ mtimeMs, path }: ModelFile): string {
  return `${mtimeMs} ${path}`;
}
