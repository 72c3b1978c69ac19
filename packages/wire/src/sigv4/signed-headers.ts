import type { WireRequest } from '../http.ts';

// Headers that proxies and HTTP libraries may change, and the signature itself.
const neverSigned = new Set([
  'authorization',
  'connection',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
]);

/**
 * Names of the headers to sign, sorted.
 *
 * @throws {TypeError} when the request has no `host` header
 */
export function signedHeaders(headers: WireRequest['headers']): string[] {
  if (headers['host'] === undefined) throw new TypeError('Cannot sign: the request has no host header');
  return Object.keys(headers)
    .filter((name) => headers[name] !== undefined && !neverSigned.has(name))
    .sort();
}
