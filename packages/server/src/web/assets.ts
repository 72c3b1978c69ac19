import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Route } from '../http/route.ts';

/** A file that pages load, under a path that changes with its content, so that it may be cached for ever. */
interface Asset {
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export const stylesheet = readAsset('latchkey', 'css', 'text/css; charset=utf-8');
export const favicon = readAsset('favicon', 'svg', 'image/svg+xml');

export const assetRoutes: readonly Route[] = [stylesheet, favicon].map(({ path, contentType, body }) => ({
  method: 'GET',
  path,
  handle: () => ({
    status: 200,
    headers: {
      'content-type': contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  }),
}));

function readAsset(name: string, extension: string, contentType: string): Asset {
  const body = readFileSync(new URL(`./assets/${name}.${extension}`, import.meta.url));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { path: `/assets/${name}.${hash}.${extension}`, contentType, body };
}
