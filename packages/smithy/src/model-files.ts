import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject, type Json } from './json.ts';
import type { Model } from './model.ts';
import { ModelError } from './model-error.ts';
import { parseModel } from './parse-model.ts';
import { nameOf, type ShapeId } from './shape-id.ts';

/** A service, and the file of its model. */
export interface ModelFile {
  /** Path of the file: absolute if the directory was, else relative like it. */
  readonly path: string;
  readonly mtimeMs: number;
  readonly serviceId: ShapeId;
  /** `sdkId` of `aws.api#service`, e.g. `SSO OIDC`; without it, the name of the service shape. */
  readonly sdkId: string;
  /** API version, e.g. `2019-06-10`. */
  readonly version: string;
  /** Title, e.g. `AWS SSO OIDC`. */
  readonly title?: string;
  /** First part of its host names, e.g. `oidc`. */
  readonly endpointPrefix?: string;
  /** Number of its operations. */
  readonly operations: number;
}

/** Number of files read at once. More make it no faster. */
const READERS = 16;

/**
 * Finds all models in a directory and its subdirectories: every service in every version, by name, newest version first.
 * Most files are not parsed, so that thousands are listed fast; `readModel` reports a broken one.
 */
export async function findModels(directory: string | URL): Promise<readonly ModelFile[]> {
  const paths = await listModelFiles(directory);
  const found: ModelFile[] = [];
  const readNext = async (): Promise<void> => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop())
      found.push(...(await servicesIn(path)));
  };
  await Promise.all(Array.from({ length: READERS }, readNext));
  return found.toSorted(
    (a, b) => compare(a.sdkId, b.sdkId) || compare(b.version, a.version) || compare(a.path, b.path),
  );
}

/**
 * Lists the files in a directory and its subdirectories that may be models: named `*.json`, also by links, as in a mounted
 * ConfigMap. Hidden directories and `node_modules` are passed over.
 */
export async function listModelFiles(directory: string | URL): Promise<string[]> {
  const root = typeof directory === 'string' ? directory : fileURLToPath(directory);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found = entries
    .filter(({ name, parentPath }) => name.endsWith('.json') && !isHidden(parentPath, root))
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const isFile = entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path)));
      return isFile ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}

/** @throws {ModelError} names the file */
export async function readModel({ path }: Pick<ModelFile, 'path'>): Promise<Model> {
  const text = await readFile(path, 'utf8');
  try {
    return parseModel(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof ModelError) && !(error instanceof SyntaxError)) throw error;
    error.message = `${path}: ${error.message}`;
    if (error instanceof ModelError) throw error;
    throw new ModelError(undefined, error.message);
  }
}

function leadsToFile(link: string): Promise<boolean> {
  return stat(link).then(
    (status) => status.isFile(),
    () => false,
  );
}

function isHidden(folder: string, root: string): boolean {
  return /[\\/](?:\.|node_modules(?:[\\/]|$))/.test(folder.slice(root.length));
}

async function servicesIn(path: string): Promise<readonly ModelFile[]> {
  const bytes = await readFile(path);
  if (!bytes.includes('"service"')) return [];
  const text = bytes.toString('utf8');
  const services = glanceAt(text) ?? parse(text);
  if (services.length === 0) return [];
  const { mtimeMs } = await stat(path);
  // Copied: a substring keeps the whole text in memory, which is 100 MB for AWS's models.
  return structuredClone(services).map((service) => ({ path, mtimeMs, ...service }));
}

type Service = Omit<ModelFile, 'path' | 'mtimeMs'>;

/** Finds the service without parsing, in the layout of published models. @returns undefined for another layout */
function glanceAt(text: string): readonly Service[] | undefined {
  const types = text.match(/"type"\s*:\s*"service"/g)?.length;
  if (types === undefined) return [];
  const start = /"([\w.]+#\w+)"\s*:\s*\{\s*"type"\s*:\s*"service"\s*,\s*"version"\s*:\s*"([^"\\]*)"/.exec(
    text,
  );
  if (start === null || types > 1) return undefined;
  const [, serviceId = '', version = ''] = start;
  const rest = text.slice(start.index);
  const [, sdkId] = /"sdkId"\s*:\s*"([^"\\]+)"/.exec(rest) ?? [];
  const [, title] = /"smithy\.api#title"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(rest) ?? [];
  if (sdkId === undefined || title === undefined) return undefined;
  const [, endpointPrefix] = /"endpointPrefix"\s*:\s*"([^"\\]+)"/.exec(rest) ?? [];
  const operations = text.match(/"type"\s*:\s*"operation"/g)?.length ?? 0;
  return [
    {
      serviceId,
      version,
      sdkId,
      title: JSON.parse(title),
      operations,
      ...(endpointPrefix !== undefined && { endpointPrefix }),
    },
  ];
}

/** Finds the services by parsing. None in a file that is not JSON; a broken model still has the services that it names. */
function parse(text: string): readonly Service[] {
  try {
    const document: unknown = JSON.parse(text);
    const shapes = isObject(document) && isObject(document['shapes']) ? document['shapes'] : {};
    return Object.entries(shapes).flatMap(([id, shape]) => describe(id, shape, shapes));
  } catch {
    return [];
  }
}

function describe(
  serviceId: ShapeId,
  shape: Json,
  shapes: Readonly<Record<string, Json>>,
): readonly Service[] {
  if (!isObject(shape) || shape['type'] !== 'service') return [];
  const traits = isObject(shape['traits']) ? shape['traits'] : {};
  const aws = isObject(traits['aws.api#service']) ? traits['aws.api#service'] : {};
  const [version, title] = [shape['version'], traits['smithy.api#title']];
  const { sdkId, endpointPrefix } = aws;
  return [
    {
      serviceId,
      sdkId: typeof sdkId === 'string' ? sdkId : nameOf(serviceId),
      version: typeof version === 'string' ? version : '',
      operations: operationIds(shape, shapes).size,
      ...(typeof title === 'string' && { title }),
      ...(typeof endpointPrefix === 'string' && { endpointPrefix }),
    },
  ];
}

/** Where services and resources name their operations. */
const bindings = ['operations', 'collectionOperations', 'create', 'put', 'read', 'update', 'delete', 'list'];

/** The operations that a service, or resources, name. The model may be broken. */
function operationIds(service: Json, shapes: Readonly<Record<string, Json>>): ReadonlySet<string> {
  const operations = new Set<string>();
  const owners = new Set([service]);
  for (const owner of owners) {
    if (!isObject(owner)) continue;
    for (const id of bindings.flatMap((name) => targetsIn(owner[name]))) operations.add(id);
    for (const id of targetsIn(owner['resources'])) owners.add(shapes[id] ?? null);
  }
  return operations;
}

function targetsIn(value: Json | undefined): readonly string[] {
  const references = Array.isArray(value) ? value : [value];
  return references.flatMap((reference) =>
    isObject(reference) && typeof reference['target'] === 'string' ? [reference['target']] : [],
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
