import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { serviceReference } from '@latchkey/codegen';
import type { ModelFile } from '@latchkey/smithy';
import { clientModuleOptions } from '../module-url.ts';
import { RUNTIME } from '../runtime-reference/runtime-name.ts';
import type { ServiceEntry } from '../service-entry.ts';
import type { ServiceLibrary } from '../service-library.ts';
import { entriesOfRuntime, searchedRuntime } from './entries-of-runtime.ts';
import { entriesOfService, searchedService } from './entries-of-service.ts';
import { rankOfService } from './known-names.ts';
import type { SearchedService } from './search-entry.ts';
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
}

/**
 * Brings the index up to date with the models: services whose model is new or has changed are read, those that are gone are
 * removed. The runtime of the clients is in the index, too. A service whose model cannot be used is not in the index.
 */
export async function indexServices(
  index: SearchIndex,
  library: ServiceLibrary,
  { onFailure, onProgress }: IndexOptions = {},
): Promise<void> {
  const services = await library.services();
  const known = index.sources();
  for (const moduleName of known.keys()) {
    if (!services.has(moduleName) && moduleName !== RUNTIME) index.remove(moduleName);
  }
  indexRuntime(index, known.get(RUNTIME));
  // Those that most people look for come first: a search of an unfinished index finds them.
  const all = [...services.values()]
    .filter(({ moduleName }) => moduleName !== RUNTIME)
    .toSorted((a, b) => rankOfService(a.moduleName) - rankOfService(b.moduleName));
  for (const [done, entry] of all.entries()) {
    onProgress?.({ done, total: all.length, moduleName: entry.moduleName });
    try {
      await indexService(index, library, entry, known.get(entry.moduleName));
    } catch (error) {
      index.remove(entry.moduleName);
      const message = error instanceof Error ? error.message : String(error);
      onFailure?.({ moduleName: entry.moduleName, message });
    }
  }
  onProgress?.({ done: all.length, total: all.length });
}

function indexRuntime(index: SearchIndex, known: string | undefined): void {
  const entries = entriesOfRuntime();
  const source = hash('sha256', JSON.stringify(entries));
  if (source !== known) index.replace(searchedRuntime, source, entries);
}

/** Reads the model of a service again, unless it is the one that the index knows. */
async function indexService(
  index: SearchIndex,
  library: ServiceLibrary,
  entry: ServiceEntry,
  known: string | undefined,
): Promise<void> {
  const [newest] = entry.files;
  if (newest === undefined) return;
  const service = searchedService(entry);
  const source = await sourceOf(service, newest);
  if (source === known) return;
  const model = await library.read(newest);
  const reference = serviceReference(model, newest.serviceId, clientModuleOptions({ docs: 'full' }));
  index.replace(service, source, entriesOfService(service, reference));
}

/**
 * What the entries of a service follow from: its names, which are not all in the model, and the model's content. Times say
 * nothing: in a reproducible image every file has the same.
 */
export async function sourceOf(service: SearchedService, { path }: Pick<ModelFile, 'path'>): Promise<string> {
  return `${hash('sha256', JSON.stringify(service))} ${hash('sha256', await readFile(path))} ${path}`;
}
