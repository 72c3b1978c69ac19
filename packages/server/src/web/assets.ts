import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { WireResponse } from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';

/** A static file that pages load. */
interface Asset {
  /** File name. */
  readonly name: string;
  /** URL with a hash of the content. */
  readonly url: string;
  readonly query: string;
  /** Hash of the content, as Subresource Integrity writes it. */
  readonly integrity: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Served with what depends on the configuration and the browser; see theme.ts. */
export const stylesheet = readAsset('latchkey.css', 'text/css; charset=utf-8');
export const referenceStylesheet = readAsset('reference.css', 'text/css; charset=utf-8');
export const referenceScript = readAsset('generated/reference.js', 'text/javascript; charset=utf-8');
/** What a browser needs to use passkeys. */
export const passkeyScript = readAsset('passkeys.js', 'text/javascript; charset=utf-8');
/** The search of a static site; the server has no use of it. */
export const siteSearchScript = readAsset('generated/site-search.js', 'text/javascript; charset=utf-8');
export const favicon = readAsset('favicon.svg', 'image/svg+xml');

/** Answers with the file. It is cached for ever under its current URL, and never under another query. */
export function answerAsset(
  { query, contentType, body }: Pick<Asset, 'query' | 'contentType' | 'body'>,
  request: IncomingRequest,
): WireResponse {
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'cache-control': request.query === query ? 'public, max-age=31536000, immutable' : 'no-cache',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}

function readAsset(name: string, contentType: string): Asset {
  const body = readFileSync(new URL(`./assets/${name}`, import.meta.url));
  const query = `v=${hash('sha256', body).slice(0, 16)}`;
  const integrity = `sha256-${hash('sha256', body, 'base64')}`;
  const file = basename(name);
  return { name: file, url: `/assets/${file}?${query}`, query, integrity, contentType, body };
}
