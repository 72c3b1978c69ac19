import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { preferredType, type WireResponse } from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';
import { addressBlock } from '../limits/address-block.ts';
import { securityHeaders } from '../web/security-headers.ts';
import { type Alias, findAlias } from './aliases.ts';
import { canonicalQuery } from './canonical-query.ts';
import { chooseCoding, compress } from './content-coding.ts';
import { type CacheEntry, RenderCache } from './render-cache.ts';
import type { Rendered, RenderRequest, RenderSettings } from './render-messages.ts';
import { RenderError, RenderThread, type RenderThreadBounds } from './render-thread.ts';

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

/** Answers requests for client modules, their reference pages and the runtime: from the cache, or by the render thread. */
export class TypedClientHandler {
  readonly #thread: RenderThread;
  readonly #now: () => number;
  readonly #cache = new RenderCache(MAX_CACHE_BYTES);
  /** Answers being rendered, so that several requests for the same wait for one job. */
  readonly #rendering = new Map<string, Promise<CacheEntry>>();
  /** Counts how often everything was forgotten. */
  #generation = 0;

  constructor(settings: RenderSettings, now: () => number, bounds?: Partial<RenderThreadBounds>) {
    this.#thread = new RenderThread(settings, bounds);
    this.#now = now;
  }

  async answer(request: IncomingRequest): Promise<WireResponse> {
    if (request.query.length > MAX_QUERY_LENGTH) {
      return plainText(414, `The query is longer than ${MAX_QUERY_LENGTH} characters\n`);
    }
    const path = decodePath(request.path);
    if (path === undefined) return plainText(400, 'The path is not percent-encoded UTF-8\n');
    const alias = findAlias(path, request.query);
    if (alias !== undefined) return redirectTo(alias);
    const forPerson = preferredType(request.headers.accept, offeredTypes) === 'text/html';
    const query = canonicalQuery(path, request.query);
    const wanted = { path, query, forPerson, isStale: false };
    try {
      return await respond(await this.#find(wanted, addressBlock(request.origin.address)), request);
    } catch (error) {
      if (!(error instanceof RenderError) || error.code === 'internal') throw error;
      const response = plainText(503, `Not available now, try again later: ${error.message}\n`);
      return { ...response, headers: { ...response.headers, 'retry-after': '5' } };
    }
  }

  /** Forgets what was rendered, and is being rendered, from files that have changed. */
  forget(): void {
    this.#generation += 1;
    this.#cache.clear();
    this.#rendering.clear();
    this.#thread.forget();
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #find(wanted: RenderRequest, client: string): Promise<CacheEntry> {
    const key = `${wanted.path}?${wanted.query} ${wanted.forPerson}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && (await this.#isCurrent(cached))) return cached;
    const request = { ...wanted, isStale: cached !== undefined };
    return this.#rendering.get(key) ?? this.#render(key, request, client);
  }

  #render(key: string, request: RenderRequest, client: string): Promise<CacheEntry> {
    const generation = this.#generation;
    const rendering = this.#thread
      .render(request, client)
      .then((rendered) => {
        const entry = cacheEntry(rendered, this.#now());
        // Errors are not cached: the fault may be corrected any time, and errors must not displace good answers.
        if (rendered.status < 400 && generation === this.#generation) this.#cache.set(key, entry);
        return entry;
      })
      .finally(() => {
        if (this.#rendering.get(key) === rendering) this.#rendering.delete(key);
      });
    this.#rendering.set(key, rendering);
    return rendering;
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
): Promise<WireResponse> {
  const { status, contentType } = rendered;
  const coding = chooseCoding(request.headers['accept-encoding'], body.length);
  // A strong tag names one representation, so each coding has its own.
  const tag = coding === 'identity' ? etag : etag.replace(/"$/, `-${coding}"`);
  const headers = {
    ...(contentType.startsWith('text/html') ? securityHeaders() : moduleHeaders()),
    ...rendered.headers,
    'content-type': contentType,
    vary: 'accept, accept-encoding',
    ...(status === 200 && { etag: tag, 'cache-control': 'public, max-age=60, must-revalidate' }),
  };
  if (status === 200 && matches(request.headers['if-none-match'], tag)) {
    return { status: 304, headers, body: '' };
  }
  if (coding === 'identity') return { status, headers, body };
  const compressing = compressed.get(coding) ?? compress(body, coding);
  compressed.set(coding, compressing);
  return { status, headers: { ...headers, 'content-encoding': coding }, body: await compressing };
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
