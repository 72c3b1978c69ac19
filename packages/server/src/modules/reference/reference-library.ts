import { serviceReference } from '@latchkey/codegen';
import type { ModelFile } from '@latchkey/smithy';
import { clientOptions } from '../module-url.ts';
import { readRuntimeExports } from '../runtime-exports.ts';
import type { ServiceLibrary } from '../service-library.ts';
import { ReferenceIndex } from './reference-index.ts';

/** References that are kept: whoever reads one page soon reads another of the same service. */
const MAX_REFERENCES = 2;

interface Kept {
  readonly file: ModelFile;
  readonly index: Promise<ReferenceIndex>;
}

/** The references of services, the last few of them ready. */
export class ReferenceLibrary {
  readonly #models: ServiceLibrary;
  readonly #kept = new Map<string, Kept>();
  #runtime: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(models: ServiceLibrary) {
    this.#models = models;
  }

  /** @returns where what modules import from the runtime is declared, by name */
  runtime(): Promise<ReadonlyMap<string, string>> {
    this.#runtime ??= readRuntimeExports();
    return this.#runtime;
  }

  /** @throws {ModelError} */
  read(file: ModelFile): Promise<ReferenceIndex> {
    const kept = this.#kept.get(file.path);
    this.#kept.delete(file.path);
    const current = kept?.file.mtimeMs === file.mtimeMs ? kept : { file, index: this.#make(file) };
    this.#kept.set(file.path, current);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_REFERENCES && oldest !== undefined) this.#kept.delete(oldest);
    // Its model may be mended before it is read again.
    current.index.catch(() => this.#kept.delete(file.path));
    return current.index;
  }

  async #make(file: ModelFile): Promise<ReferenceIndex> {
    const model = await this.#models.read(file);
    return new ReferenceIndex(serviceReference(model, file.serviceId, clientOptions({ docs: 'full' })));
  }
}
