import { promisify } from 'node:util';

/** Content codings that compress (RFC 9110 section 8.4.1). */
export type Compression = 'br' | 'gzip';

/** Shorter bodies are not compressed. */
const MIN_BYTES = 1024;

/** Chooses the content coding of an answer by the header `accept-encoding` (RFC 9110 section 12.5.3). */
export function chooseCoding(
  acceptEncoding: string | undefined,
  bodyLength: number,
): Compression | 'identity' {
  if (acceptEncoding === undefined || bodyLength < MIN_BYTES) return 'identity';
  const weights = new Map(
    acceptEncoding.split(',').map((entry) => {
      const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))] as const;
    }),
  );
  const allows = (coding: string) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
  if (allows('br')) return 'br';
  return allows('gzip') ? 'gzip' : 'identity';
}

/** Compresses in libuv's threads, so that other requests do not wait. */
export async function compress(body: Uint8Array, coding: Compression): Promise<Uint8Array> {
  const { brotliCompress, constants, gzip } = await import('node:zlib');
  if (coding === 'gzip') return promisify(gzip)(body);
  return promisify(brotliCompress)(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
}
