import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { preferredType, type WireResponse } from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';
import { referenceScript } from '../web/assets.ts';
import { type PagePolicy, securityHeaders } from '../web/security-headers.ts';
import { type Alias, findAlias } from './aliases.ts';
import { canonicalQuery } from './canonical-query.ts';
import { chooseCoding, compress } from './content-coding.ts';
import { type CacheEntry, RenderCache } from './render-cache.ts';
import type { Rendered, RenderRequest, RenderSettings } from './render-messages.ts';
import { RenderError, RenderThread, type RenderThreadBounds } from './render-thread.ts';
import { Indexing } from './search/indexing.ts';

/** Size limit of the cache, compressed copies included. */
const MAX_CACHE_BYTES = 64 * 1024 * 1024;
/** A cached answer is used for this long before its source files are checked again. */
const CHECK_AFTER_MS = 1_000;
const MAX_QUERY_LENGTH = 4_096;
/** What programs that import modules ask for, and the page that a browser shows of one. Whoever prefers neither gets a module. */
const offeredTypes = [
  'application/typescript',
  'text/typescript',
  'text/javascript',
  'application/javascript',
  'application/json',
  'text/html',
] as const;

export interface TypedClientOptions {
  readonly now: () => number;
  /** Writes a warning to the log. */
  readonly warn: (message: string) => void;
  /** Whether search engines may list the reference. Default false. */
  readonly searchEngines?: boolean;
  readonly bounds?: Partial<RenderThreadBounds> | undefined;
  /** Told of a request that found no place in the queue, with its address. */
  readonly onDrop?: (address: string) => void;
}

/** Answers requests for client modules, their reference pages and the runtime: from the cache, or by the render thread. */
export class TypedClientHandler {
  readonly #thread: RenderThread;
  /** Searches have a thread of their own, so that they are answered while a large page is rendered. */
  readonly #searchThread: RenderThread;
  readonly #indexing: Indexing;
  readonly #pagePolicy: PagePolicy;
  readonly #now: () => number;
  readonly #onDrop: (address: string) => void;
  readonly #searchEngines: boolean;
  readonly #cache = new RenderCache(MAX_CACHE_BYTES);
  /** What was made of each rendered answer, so that several requests that waited for the same share it. */
  readonly #entries = new WeakMap<Rendered, CacheEntry>();
  /** Counts how often everything was forgotten. */
  #generation = 0;

  constructor(
    settings: RenderSettings,
    { bounds, now, warn, onDrop = () => {}, searchEngines = false }: TypedClientOptions,
  ) {
    this.#thread = new RenderThread(settings, bounds);
    this.#searchThread = new RenderThread(settings, bounds);
    this.#indexing = new Indexing(settings, warn);
    this.#now = now;
    this.#onDrop = onDrop;
    this.#searchEngines = searchEngines;
    const { integrity, url } = referenceScript;
    const script = new URL(url, settings.baseUrl);
    script.search = '';
    this.#pagePolicy = { script: { url: script.href, integrity, fetches: true } };
  }

  async answer(request: IncomingRequest): Promise<WireResponse> {
    if (request.query.length > MAX_QUERY_LENGTH) {
      return plainText(414, `The query is longer than ${MAX_QUERY_LENGTH} characters\n`);
    }
    const path = decodePath(request.path);
    if (path === undefined) return plainText(400, 'The path is not percent-encoded UTF-8\n');
    const alias = findAlias(path, request.query);
    if (alias !== undefined) return redirectTo(alias);
    const isBrowser = preferredType(request.headers.accept, offeredTypes) === 'text/html';
    const isRaw = isBrowser && new URLSearchParams(request.query).has('raw');
    const forPerson = isBrowser && !isRaw;
    const query = canonicalQuery(path, request.query, forPerson);
    const wanted = { path, query, forPerson, isStale: false };
    const isSearch = isSearchPath(path);
    if (forPerson || isSearch) this.#indexing.keepUpToDate(this.#now());
    if (isSearch) await this.#indexing.ready();
    try {
      const entry = await this.#find(wanted, request.origin.address);
      const response = await respond(entry, request, this.#pagePolicy);
      const isListed = this.#searchEngines && entry.rendered.isListable === true;
      const isModule = !entry.rendered.contentType.startsWith('text/html');
      return {
        ...response,
        headers: {
          ...response.headers,
          // A browser would save a module as a file.
          ...(isRaw && isModule && { 'content-type': 'text/plain; charset=utf-8' }),
          ...(!isListed && { 'x-robots-tag': 'noindex' }),
        },
      };
    } catch (error) {
      if (!(error instanceof RenderError) || error.code === 'internal') throw error;
      if (error.code === 'busy') this.#onDrop(request.origin.address);
      const response = plainText(503, `Not available now, try again later: ${error.message}\n`);
      return { ...response, headers: { ...response.headers, 'retry-after': '5' } };
    }
  }

  /** Forgets what was rendered, and is being rendered, from files that have changed. */
  forget(): void {
    this.#generation += 1;
    this.#cache.clear();
    this.#thread.forget();
    this.#searchThread.forget();
    this.#indexing.expire();
  }

  async close(): Promise<void> {
    await Promise.all([this.#thread.close(), this.#searchThread.close(), this.#indexing.close()]);
  }

  async #find(wanted: RenderRequest, address: string): Promise<CacheEntry> {
    const key = `${wanted.path}?${wanted.query} ${wanted.forPerson}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && (await this.#isCurrent(cached))) return cached;
    const generation = this.#generation;
    const thread = isSearchPath(wanted.path) ? this.#searchThread : this.#thread;
    const rendered = await thread.render({ ...wanted, isStale: cached !== undefined }, address);
    const known = this.#entries.get(rendered);
    if (known !== undefined) return known;
    const entry = cacheEntry(rendered, this.#now());
    this.#entries.set(rendered, entry);
    // Errors are not cached: the fault may be corrected any time, and errors must not displace good answers.
    const isKept = rendered.status < 400 && !rendered.isTransient && generation === this.#generation;
    if (isKept) this.#cache.set(key, entry, address);
    return entry;
  }

  async #isCurrent(entry: CacheEntry): Promise<boolean> {
    const nowMs = this.#now();
    if (nowMs >= entry.checkedAtMs && nowMs < entry.checkedAtMs + CHECK_AFTER_MS) return true;
    const unchanged = await Promise.all(
      entry.rendered.sources.map(({ path, mtimeMs }) =>
        stat(path).then(
          (status) => status.mtimeMs === mtimeMs,
          () => false,
        ),
      ),
    );
    entry.checkedAtMs = nowMs;
    return unchanged.every(Boolean);
  }
}

function cacheEntry({ body: text, ...rendered }: Rendered, nowMs: number): CacheEntry {
  const body = Buffer.from(text);
  const etag = `"${hash('sha256', Buffer.concat([Buffer.from(rendered.contentType), body]), 'base64url').slice(0, 22)}"`;
  return { rendered, body, etag, compressed: new Map(), checkedAtMs: nowMs };
}

async function respond(
  { rendered, body, etag, compressed }: CacheEntry,
  request: IncomingRequest,
  pagePolicy: PagePolicy,
): Promise<WireResponse> {
  const { contentType, status } = rendered;
  const coding = chooseCoding(request.headers['accept-encoding'], body.length);
  // A strong tag names one representation, so each coding has its own.
  const tag = coding === 'identity' ? etag : etag.replace(/"$/, `-${coding}"`);
  const headers = {
    ...(contentType.startsWith('text/html') ? securityHeaders(pagePolicy) : moduleHeaders()),
    ...rendered.headers,
    'content-type': contentType,
    vary: 'accept, accept-encoding',
    ...(status === 200 && {
      etag: tag,
      'cache-control': cacheControl(rendered),
    }),
  };
  if (status === 200 && matches(request.headers['if-none-match'], tag)) {
    return { status: 304, headers, body: '' };
  }
  if (coding === 'identity') return { status, headers, body };
  const compressing = compressed.get(coding) ?? compress(body, coding);
  compressed.set(coding, compressing);
  return { status, headers: { ...headers, 'content-encoding': coding }, body: await compressing };
}

function cacheControl({ isImmutable, isTransient }: Omit<Rendered, 'body'>): string {
  if (isImmutable) return 'public, max-age=31536000, immutable';
  return isTransient ? 'no-cache' : 'public, max-age=60, must-revalidate';
}

function isSearchPath(path: string): boolean {
  return /^\/v0\.4\/search(?:\.json|\/?)$/.test(path);
}

/** Weak comparison (RFC 9110 section 13.1.2). */
function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((entry) => {
    const candidate = entry.trim().replace(/^W\//, '');
    return candidate === '*' || candidate === tag;
  });
}

/** Modules may be imported from any origin, because they hold nobody's data. */
function moduleHeaders(): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'x-typescript-types',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

function plainText(status: number, body: string): WireResponse {
  return { status, headers: { ...moduleHeaders(), 'content-type': 'text/plain; charset=utf-8' }, body };
}

function redirectTo({ location, warning }: Alias): WireResponse {
  const response = plainText(302, `${location}\n`);
  const headers = { ...response.headers, location, ...(warning && { 'x-deno-warning': warning }) };
  return { ...response, headers };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
