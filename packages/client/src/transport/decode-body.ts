import type { ReceivedResponse } from '@latchkey/wire/http';

/**
 * Unpacks the whole body of a response by its `content-encoding`, as every `fetch` does. We ask for none, but a proxy or
 * gateway may pack a body all the same.
 *
 * @throws {Error} when the body is not packed as the header says
 */
export function decodeBody(response: ReceivedResponse): ReceivedResponse {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (response.body.length === 0 || encoding === '' || encoding === 'identity') return response;
  const zlib = process.getBuiltinModule('node:zlib');
  const decoders: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
    gzip: zlib.gunzipSync,
    'x-gzip': zlib.gunzipSync,
    deflate: zlib.inflateSync,
    br: zlib.brotliDecompressSync,
    zstd: zlib.zstdDecompressSync,
  };
  let { body } = response;
  // Encodings are listed in the order in which they were applied (RFC 9110 section 8.4).
  for (const name of encoding.split(',').reverse()) {
    const decode = decoders[name.trim()];
    if (decode === undefined) return response;
    body = decode(body);
  }
  return { ...response, body, isDecoded: true };
}
