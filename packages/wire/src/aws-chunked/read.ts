import { WireError } from '../error.ts';
import type { Bytes } from '../http.ts';
import { equalInConstantTime } from '../sigv4/signature.ts';
import { ByteReader } from '../streams/byte-reader.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { streamOf } from '../streams/stream-of.ts';
import type { ChunkSignatures } from './chunk-signatures.ts';

export interface ChunkReadingOptions {
  /** Signatures that the chunks must have. Default: signatures are not checked. */
  readonly signatures?: ChunkSignatures | undefined;
  /** Value of the header `x-amz-trailer`: names of the trailers that must follow. */
  readonly trailerNames?: string | undefined;
  /** Value of the header `x-amz-decoded-content-length`. */
  readonly decodedLength?: string | undefined;
  /** Maximum length of a signed chunk in bytes: it is held in memory until its signature is checked. Default: 16 MiB. */
  readonly maxSignedChunkLength?: number;
}

/** A body without its framing. */
export interface Unchunked {
  /** Fails with a `WireError` where the framing or a signature is wrong. */
  readonly body: ReadableStream<Uint8Array>;
  /** Trailers by lower-case name. Settles when the body ends. */
  readonly trailers: Promise<Readonly<Record<string, string>>>;
}

/** Takes the `aws-chunked` framing off a body. */
export function readChunks(body: Bytes, options: ChunkReadingOptions = {}): Unchunked {
  let unchunked!: ReadableStream<Uint8Array>;
  const trailers = new Promise<Readonly<Record<string, string>>>((resolve, reject) => {
    unchunked = streamOf(unchunk(body, options, resolve, reject));
  });
  // The reader of the body gets the failure; this promise must not become an unhandled rejection.
  trailers.catch(() => undefined);
  return { body: unchunked, trailers };
}

async function* unchunk(
  body: Bytes,
  options: ChunkReadingOptions,
  resolve: (trailers: Readonly<Record<string, string>>) => void,
  reject: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(chunksOf(body));
  try {
    let length = 0;
    for await (const data of chunkData(reader, options)) {
      length += data.length;
      yield data;
    }
    if (options.decodedLength !== undefined && options.decodedLength !== String(length)) {
      throw malformed(`found ${length} bytes, expected what x-amz-decoded-content-length says`);
    }
    resolve(await readTrailers(reader, options));
  } catch (error) {
    reject(error);
    throw error;
  } finally {
    reject(malformed('it was not read to its end'));
    await reader.close();
  }
}

async function* chunkData(
  reader: ByteReader,
  { signatures, maxSignedChunkLength = 16 * 1024 * 1024 }: ChunkReadingOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  while (true) {
    const { length, signature } = parseHead(await reader.readLine(256));
    if (signatures === undefined) {
      yield* pieces(reader, length);
    } else {
      if (length > maxSignedChunkLength) {
        throw malformed(`found a chunk of ${length} bytes, expected ${maxSignedChunkLength} at most`);
      }
      const data = await reader.read(length);
      if (data.length < length) throw malformed('it ends within a chunk');
      if (!equalInConstantTime(signature ?? '', await signatures.ofChunk(data)))
        throw malformed('the signature of a chunk is wrong');
      if (length > 0) yield data;
    }
    if (length === 0) return;
    if ((await reader.readLine(0)) === undefined) throw malformed('a chunk does not end with a line break');
  }
}

async function* pieces(reader: ByteReader, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = length; left > 0; ) {
    const data = await reader.readSome(left);
    if (data.length === 0) throw malformed('it ends within a chunk');
    left -= data.length;
    yield data;
  }
}

function parseHead(line: string | undefined): { length: number; signature: string | undefined } {
  const [, digits, signature] = /^([\da-f]{1,8})(?:;chunk-signature=([\da-f]{64}))?$/i.exec(line ?? '') ?? [];
  if (digits === undefined) throw malformed('expected the length of a chunk in hexadecimal digits');
  return { length: Number.parseInt(digits, 16), signature };
}

async function readTrailers(
  reader: ByteReader,
  { signatures, trailerNames = '' }: ChunkReadingOptions,
): Promise<Readonly<Record<string, string>>> {
  const trailers = new Map<string, string>();
  while (true) {
    const line = await reader.readLine(8192);
    if (line === undefined) throw malformed('it ends before its trailers do');
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon === -1 || trailers.size > 16) throw malformed('found a trailer that is none');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const signature = trailers.get('x-amz-trailer-signature');
  trailers.delete('x-amz-trailer-signature');
  if (signatures !== undefined && trailers.size > 0) {
    const text = Array.from(trailers, ([name, value]) => `${name}:${value}\n`).join('');
    if (!equalInConstantTime(signature ?? '', await signatures.ofTrailers(text)))
      throw malformed('the signature of its trailers is wrong');
  }
  const expected = trailerNames
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (
    expected
      .filter((name) => name !== '')
      .toSorted()
      .join() !== [...trailers.keys()].toSorted().join()
  ) {
    throw malformed('its trailers are not those that x-amz-trailer names');
  }
  return Object.fromEntries(trailers);
}

function malformed(reason: string): WireError {
  return new WireError('malformed', `Cannot read the chunked body: ${reason}`);
}
