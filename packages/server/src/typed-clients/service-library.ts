import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { serviceNames } from '@latchkey/codegen';
import { findModels, type Model, type ModelFile, readModel } from '@latchkey/smithy';
import { HttpProblem } from './http-problem.ts';
import type { ServiceName } from './module-url.ts';
import type { SourceFile } from './render-messages.ts';
import type { ServiceEntry } from './service-entry.ts';
import { suggestServices } from './service-suggestions.ts';

interface Listing {
  readonly sources: readonly SourceFile[];
  readonly entries: Promise<ReadonlyMap<string, ServiceEntry>>;
}

/** Number of parsed models kept; each of AWS's largest takes 10 MB. */
const MAX_MODELS = 4;

/** The services of all directories of models. Where several directories have a service, the first one's models count. */
export class ServiceLibrary {
  readonly #directories: readonly (string | URL)[];
  readonly #isWanted: (moduleName: string) => boolean;
  readonly #models = new Map<string, { readonly file: ModelFile; readonly model: Promise<Model> }>();
  /** Why directories of models could not be read. */
  #unreadable: readonly HttpProblem[] = [];
  #listing: Listing | undefined;

  constructor(
    directories: readonly (string | URL)[],
    isWanted: (moduleName: string) => boolean = () => true,
  ) {
    this.#directories = directories;
    this.#isWanted = isWanted;
  }

  /** @returns a library of some services; of all when none is named */
  only(names: readonly string[]): ServiceLibrary {
    return names.length === 0 ? this : new ServiceLibrary(this.#directories, (name) => names.includes(name));
  }

  /** The services that have a model now, by module name, in alphabetical order. */
  async services(): Promise<ReadonlyMap<string, ServiceEntry>> {
    const sources = await this.sources();
    const known = this.#listing;
    if (known !== undefined && isDeepStrictEqual(known.sources, sources)) return known.entries;
    this.#listing = { sources, entries: this.#find() };
    return this.#listing.entries;
  }

  /** Forgets the listing, so that changes in subdirectories, which leave the directory's own time, are found. */
  refresh(): void {
    this.#listing = undefined;
  }

  /** @throws {HttpProblem} when there is no such service, or it has no such version */
  async get({
    name,
    version,
  }: ServiceName): Promise<{ readonly entry: ServiceEntry; readonly file: ModelFile }> {
    const services = await this.services();
    const entry = services.get(name);
    if (entry === undefined) {
      const [unreadable] = this.#unreadable;
      if (unreadable !== undefined) throw unreadable;
      const near = suggestServices(name, [...services.values()]);
      throw new HttpProblem(
        404,
        `There is no service "${name}"`,
        'All services: /v0.4/services. To add some, name a directory of models under "models" in the configuration.',
        { wanted: name, near: near.map((each) => ({ name: each, href: `/v0.4/docs/${each}` })) },
      );
    }
    const file = entry.files.find((each) => version === undefined || each.version === version);
    if (file === undefined) {
      const versions = entry.files.map((each) => each.version).join(', ');
      throw new HttpProblem(404, `${name} has no version "${version}"`, `It has ${versions}.`);
    }
    return { entry, file };
  }

  /** @throws {ModelError} */
  read(file: ModelFile): Promise<Model> {
    const kept = this.#models.get(file.path);
    this.#models.delete(file.path);
    const current = kept?.file.mtimeMs === file.mtimeMs ? kept : { file, model: readModel(file) };
    this.#models.set(file.path, current);
    const [oldest] = this.#models.keys();
    if (this.#models.size > MAX_MODELS && oldest !== undefined) this.#models.delete(oldest);
    // A failure is not kept, so that the next request reads the model again.
    current.model.catch(() => this.#models.delete(file.path));
    return current.model;
  }

  /** The directories from which the list of services was made. */
  async sources(): Promise<readonly SourceFile[]> {
    return Promise.all(
      this.#directories.map(async (directory) => {
        const path = typeof directory === 'string' ? directory : fileURLToPath(directory);
        const status = await stat(path).catch(() => undefined);
        return { path, mtimeMs: status?.mtimeMs ?? 0 };
      }),
    );
  }

  async #find(): Promise<ReadonlyMap<string, ServiceEntry>> {
    const found = new Map<string, ServiceEntry>();
    const unreadable: HttpProblem[] = [];
    for (const directory of this.#directories) {
      try {
        for (const [name, entry] of group(await findModels(directory))) {
          if (!found.has(name) && this.#isWanted(name)) found.set(name, entry);
        }
      } catch (error) {
        unreadable.push(explainUnreadable(directory, error));
      }
    }
    this.#unreadable = unreadable;
    return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function explainUnreadable(directory: string | URL, cause: unknown): HttpProblem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const heading = `The models in ${directory} cannot be read: ${reason}`;
  return new HttpProblem(422, heading, 'Correct "models" in the configuration.', { cause });
}

function group(files: readonly ModelFile[]): ReadonlyMap<string, ServiceEntry> {
  const entries = new Map<string, ServiceEntry>();
  for (const file of files) {
    const { moduleName, className } = serviceNames(file);
    const known = entries.get(moduleName)?.files ?? [];
    const sorted = [...known, file].toSorted((a, b) => (a.version < b.version ? 1 : -1));
    entries.set(moduleName, { moduleName, className, files: sorted });
  }
  return entries;
}
