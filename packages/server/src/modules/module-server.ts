import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { WireResponse } from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';
import { addressBlock } from '../limits/address-block.ts';
import { securityHeaders } from '../web/security-headers.ts';
import { AnswerCache, type Kept } from './cache.ts';
import { chooseCoding, encode } from './encode.ts';
import { MakeError, Maker, type MakerBounds } from './maker.ts';
import type { Made, MakeRequest, MakerSettings } from './making.ts';

/** Of all answers that are kept, counted with what they take compressed. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Sources are looked at again after this long. */
const CHECK_AFTER_MS = 1_000;
const MAX_QUERY = 4_096;

/** Answers for what is made from models: modules, pages and the runtime's own sources. */
export class ModuleServer {
  readonly #maker: Maker;
  readonly #now: () => number;
  readonly #cache = new AnswerCache(MAX_BYTES);
  /** What is being made, so that all who ask for it wait for the same. */
  readonly #making = new Map<string, Promise<Kept>>();

  constructor(settings: MakerSettings, now: () => number, bounds?: MakerBounds) {
    this.#maker = new Maker(settings, bounds);
    this.#now = now;
  }

  async answer(request: IncomingRequest): Promise<WireResponse> {
    if (request.query.length > MAX_QUERY)
      return plain(414, `The query is longer than ${MAX_QUERY} characters\n`);
    const path = decodePath(request.path);
    if (path === undefined) return plain(400, 'The path is not percent-encoded UTF-8\n');
    const forPerson = request.headers['accept']?.includes('text/html') ?? false;
    const wanted = { path, query: request.query, forPerson, isStale: false };
    try {
      return await respond(await this.#find(wanted, addressBlock(request.origin.address)), request);
    } catch (error) {
      if (!(error instanceof MakeError) || error.code === 'failed') throw error;
      const response = plain(503, `Not made: ${error.message}: try again in a while\n`);
      return { ...response, headers: { ...response.headers, 'retry-after': '5' } };
    }
  }

  close(): Promise<void> {
    return this.#maker.close();
  }

  async #find(wanted: MakeRequest, asker: string): Promise<Kept> {
    const key = `${wanted.path}?${wanted.query} ${wanted.forPerson}`;
    const kept = this.#cache.get(key);
    if (kept !== undefined && (await this.#isCurrent(kept))) return kept;
    const request = { ...wanted, isStale: kept !== undefined };
    return this.#making.get(key) ?? this.#make(key, request, asker);
  }

  #make(key: string, wanted: MakeRequest, asker: string): Promise<Kept> {
    const making = this.#maker
      .make(wanted, asker)
      .then((made) => {
        const kept = keep(made, this.#now());
        // What is wrong is told anew each time: it may be mended, and is not to push out what is right.
        if (made.status < 400) this.#cache.set(key, kept);
        return kept;
      })
      .finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  async #isCurrent(kept: Kept): Promise<boolean> {
    const nowMs = this.#now();
    if (nowMs >= kept.checkedAtMs && nowMs < kept.checkedAtMs + CHECK_AFTER_MS) return true;
    const unchanged = await Promise.all(
      kept.made.sources.map(({ path, mtimeMs }) =>
        stat(path).then(
          (status) => status.mtimeMs === mtimeMs,
          () => false,
        ),
      ),
    );
    kept.checkedAtMs = nowMs;
    return unchanged.every(Boolean);
  }
}

function keep({ body: text, ...made }: Made, nowMs: number): Kept {
  const body = Buffer.from(text);
  const etag = `"${hash('sha256', Buffer.concat([Buffer.from(made.contentType), body]), 'base64url').slice(0, 22)}"`;
  return { made, body, etag, encoded: new Map(), checkedAtMs: nowMs };
}

async function respond({ made, body, etag, encoded }: Kept, request: IncomingRequest): Promise<WireResponse> {
  const coding = chooseCoding(request.headers['accept-encoding'], body.length);
  // A tag is strong: each coding has its own.
  const tag = coding === 'identity' ? etag : etag.replace(/"$/, `-${coding}"`);
  const headers = {
    ...(made.contentType.startsWith('text/html') ? securityHeaders() : moduleHeaders()),
    ...made.headers,
    'content-type': made.contentType,
    vary: 'accept, accept-encoding',
    ...(made.status === 200 && { etag: tag, 'cache-control': 'public, max-age=60, must-revalidate' }),
  };
  if (made.status === 200 && matches(request.headers['if-none-match'], tag)) {
    return { status: 304, headers, body: '' };
  }
  if (coding === 'identity') return { status: made.status, headers, body };
  const coded = encoded.get(coding) ?? encode(body, coding);
  encoded.set(coding, coded);
  return {
    status: made.status,
    headers: { ...headers, 'content-encoding': coding },
    body: await coded,
  };
}

/** RFC 9110 section 13.1.2: compared weakly. */
function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((entry) => {
    const candidate = entry.trim().replace(/^W\//, '');
    return candidate === '*' || candidate === tag;
  });
}

/** Modules hold nothing of anyone, and are there to be imported from anywhere. */
function moduleHeaders(): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'x-typescript-types',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

function plain(status: number, body: string): WireResponse {
  return { status, headers: { ...moduleHeaders(), 'content-type': 'text/plain; charset=utf-8' }, body };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
