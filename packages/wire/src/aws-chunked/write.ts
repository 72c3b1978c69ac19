import type { Bytes, ClientRequest, Trailer } from '../http.ts';
import { ByteReader } from '../streams/byte-reader.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { concat } from '../streams/concat.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import type { ChunkSignatures } from './chunk-signatures.ts';

/** Length in bytes of every chunk but the last. */
const chunkLength = 65_536;
const signatureLength = 64;

type Trailers = Readonly<Record<string, Trailer>>;

/**
 * Headers of an `aws-chunked` body.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function chunkedHeaders(
  { headers, trailers = {} }: Pick<ClientRequest, 'headers' | 'trailers'>,
  isSigned: boolean,
): Record<string, string | undefined> {
  const { 'content-length': decodedLength, 'content-encoding': encoding, ...others } = headers;
  const names = Object.keys(trailers);
  return {
    ...others,
    'content-encoding': encoding === undefined || encoding === '' ? 'aws-chunked' : `${encoding},aws-chunked`,
    ...(names.length > 0 && { 'x-amz-trailer': names.join(',') }),
    ...(decodedLength !== undefined && {
      'x-amz-decoded-content-length': decodedLength,
      'content-length': String(chunkedLength(Number(decodedLength), trailers, isSigned)),
    }),
  };
}

/** Frames a body as `aws-chunked`. */
export async function* writeChunks(
  body: Bytes,
  trailers: Trailers = {},
  signatures?: ChunkSignatures,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(chunksOf(body));
  try {
    while (true) {
      const data = await reader.read(chunkLength);
      const signature = signatures && `;chunk-signature=${await signatures.ofChunk(data)}`;
      const head = encodeUtf8(`${data.length.toString(16)}${signature ?? ''}\r\n`);
      if (data.length === 0) {
        yield concat([head, encodeUtf8(await writeTrailers(trailers, signatures))]);
        return;
      }
      yield concat([head, data, encodeUtf8('\r\n')]);
    }
  } finally {
    await reader.close();
  }
}

async function writeTrailers(trailers: Trailers, signatures?: ChunkSignatures): Promise<string> {
  const lines = Object.entries(trailers).map(([name, trailer]) => `${name}:${trailer.value()}`);
  if (lines.length > 0 && signatures !== undefined) {
    const signed = lines.map((line) => `${line}\n`).join('');
    lines.push(`x-amz-trailer-signature:${await signatures.ofTrailers(signed)}`);
  }
  return `${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}

function chunkedLength(decodedLength: number, trailers: Trailers, isSigned: boolean): number {
  const extension = isSigned ? ';chunk-signature='.length + signatureLength : 0;
  const ofChunk = (length: number) => length.toString(16).length + extension + 2 + length + 2;
  const whole = Math.floor(decodedLength / chunkLength);
  const rest = decodedLength % chunkLength;
  let length = whole * ofChunk(chunkLength) + (rest > 0 ? ofChunk(rest) : 0) + ofChunk(0);
  for (const [name, trailer] of Object.entries(trailers)) length += name.length + 1 + trailer.length + 2;
  if (isSigned && Object.keys(trailers).length > 0)
    length += 'x-amz-trailer-signature:'.length + signatureLength + 2;
  return length;
}
