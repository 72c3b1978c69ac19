import { serviceReference } from '@latchkey/codegen';
import type { ModelFile } from '@latchkey/smithy';
import { clientModuleOptions } from '../module-url.ts';
import type { ServiceLibrary } from '../service-library.ts';
import { ReferenceIndex } from './reference-index.ts';

/** Number of references kept: whoever reads one page soon reads another of the same service. */
const MAX_REFERENCES = 2;

interface Entry {
  readonly file: ModelFile;
  readonly index: Promise<ReferenceIndex>;
}

/** The references of services. Keeps the few that were read last. */
export class ReferenceLibrary {
  readonly #models: ServiceLibrary;
  readonly #entries = new Map<string, Entry>();

  constructor(models: ServiceLibrary) {
    this.#models = models;
  }

  /** @throws {ModelError} */
  read(file: ModelFile): Promise<ReferenceIndex> {
    const kept = this.#entries.get(file.path);
    this.#entries.delete(file.path);
    const current = kept?.file.mtimeMs === file.mtimeMs ? kept : { file, index: this.#index(file) };
    this.#entries.set(file.path, current);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_REFERENCES && oldest !== undefined) this.#entries.delete(oldest);
    // A failure is not kept, so that the next request reads the model again.
    current.index.catch(() => this.#entries.delete(file.path));
    return current.index;
  }

  async #index(file: ModelFile): Promise<ReferenceIndex> {
    const model = await this.#models.read(file);
    return new ReferenceIndex(serviceReference(model, file.serviceId, clientModuleOptions({ docs: 'full' })));
  }
}
