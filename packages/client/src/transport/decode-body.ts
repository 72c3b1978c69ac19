import type { ReceivedResponse } from '@latchkey/wire/http';

/**
 * Decodes a whole body by its `content-encoding`, as every `fetch` does. Requests do not ask for an encoding, but a proxy
 * or gateway may apply one.
 *
 * @throws {Error} when the body does not have the encoding that the header says
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
