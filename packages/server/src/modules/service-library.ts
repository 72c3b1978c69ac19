import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { serviceNames } from '@latchkey/codegen';
import { findModels, type Model, type ModelFile, readModel } from '@latchkey/smithy';
import type { SourceFile } from './making.ts';
import type { ServiceName } from './module-url.ts';
import { Problem } from './problem.ts';
import type { ServiceEntry } from './service-entry.ts';
import { suggest } from './suggest.ts';

interface Listing {
  readonly sources: readonly SourceFile[];
  readonly entries: Promise<ReadonlyMap<string, ServiceEntry>>;
}

/** Models that are kept parsed, of which the largest of AWS's take 10 MB each. */
const MAX_MODELS = 4;

/** The services of all directories of models. Of a service that several have, the first directory's counts. */
export class ServiceLibrary {
  readonly #directories: readonly (string | URL)[];
  readonly #models = new Map<string, { readonly file: ModelFile; readonly model: Promise<Model> }>();
  /** Why directories could not be read. */
  #unreadable: readonly Problem[] = [];
  #listing: Listing | undefined;

  constructor(directories: readonly (string | URL)[]) {
    this.#directories = directories;
  }

  /** By module name, in alphabetical order; those that are there now. */
  async services(): Promise<ReadonlyMap<string, ServiceEntry>> {
    const sources = await this.sources();
    const known = this.#listing;
    if (known !== undefined && isDeepStrictEqual(known.sources, sources)) return known.entries;
    this.#listing = { sources, entries: this.#find() };
    return this.#listing.entries;
  }

  /** Forgets what was found, so that changes deep in a directory are seen. */
  refresh(): void {
    this.#listing = undefined;
  }

  /** @throws {Problem} when there is no such service, or not in this version */
  async get({
    name,
    version,
  }: ServiceName): Promise<{ readonly entry: ServiceEntry; readonly file: ModelFile }> {
    const services = await this.services();
    const entry = services.get(name);
    if (entry === undefined) {
      const [unreadable] = this.#unreadable;
      if (unreadable !== undefined) throw unreadable;
      const near = suggest(name, [...services.values()]);
      const hint = near.length > 0 ? `Did you mean ${near.join(', ')}? ` : '';
      throw new Problem(
        404,
        `There is no service "${name}"`,
        `${hint}All there are: /v0.4/services. For others name a directory of models: "models" in the configuration.`,
        { near: near.map((each) => ({ name: each, href: `/v0.4/services/${each}` })) },
      );
    }
    const file = entry.files.find((each) => version === undefined || each.version === version);
    if (file === undefined) {
      const versions = entry.files.map((each) => each.version).join(', ');
      throw new Problem(404, `${name} has no version "${version}"`, `It has ${versions}.`);
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
    // One that is broken may be mended before it is read again.
    current.model.catch(() => this.#models.delete(file.path));
    return current.model;
  }

  /** What the list of services was made from. */
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
    const unreadable: Problem[] = [];
    for (const directory of this.#directories) {
      try {
        for (const [name, entry] of group(await findModels(directory))) {
          if (!found.has(name)) found.set(name, entry);
        }
      } catch (error) {
        unreadable.push(explainUnreadable(directory, error));
      }
    }
    this.#unreadable = unreadable;
    return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** A directory that was there when the server started. */
function explainUnreadable(directory: string | URL, cause: unknown): Problem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const heading = `The models in ${directory} cannot be read: ${reason}`;
  return new Problem(422, heading, 'Mend "models" in the configuration.', { cause });
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
