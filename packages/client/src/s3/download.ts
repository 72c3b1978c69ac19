import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { aborted } from '../call/deadline.ts';
import { tell } from '../call/hooks.ts';
import { type StreamingOutput, withShortcuts } from '../call/streaming-output.ts';
import type { CallOptions } from '../call-options.ts';
import { ClientError } from '../client-error.ts';
import { retryable } from '../retry/classify.ts';
import { checkedCount, type TransferProgress } from './transfer.ts';
import { checksumIn, WholeChecksum } from './whole-checksum.ts';

const defaultPartSize = 8 * 1024 * 1024;
/** How often a range is asked for whose body breaks off. */
const maxReadings = 3;

/** How `download` cuts and reads. */
export interface DownloadOptions {
  /** Maximum number of ranges that are read at once, or wait to be taken. Default: 4. */
  readonly queueSize?: number | undefined;
  /** Size of a range in bytes. Default: 8 MiB. */
  readonly partSize?: number | undefined;
  /** Told after each range. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** Ends the download. */
  readonly signal?: AbortSignal | undefined;
}

/** An object that is being read. */
export interface Download<Head> {
  /** The bytes in order, compared at the end. Read it or `cancel()` it. */
  readonly body: StreamingOutput;
  /** What `headObject` said of the object. */
  readonly head: Head;
  /** The checksum that the whole is compared with, e.g. `CRC32`. Undefined where S3 has none of the whole: its length is. */
  readonly checkedBy: string | undefined;
}

/** The operations of S3 that a download calls, so that a module with `actions=HeadObject,GetObject` will do. */
export interface DownloadingClient {
  headObject(params: never, options?: CallOptions): Promise<DownloadedHead>;
  getObject(params: never, options?: CallOptions): Promise<{ readonly Body?: StreamingOutput | null }>;
}

/** What a download needs to know of an object. */
export interface DownloadedHead {
  readonly ContentLength?: number | bigint | null;
  readonly ETag?: string | null;
}

type Operations = {
  readonly [Name in keyof DownloadingClient]: (
    params: object,
    options: CallOptions,
  ) => ReturnType<DownloadingClient[Name]>;
};

/**
 * Reads an object of S3 by ranges, several at once. A range whose connection breaks is read again. All ranges are of one
 * version of the object, and the whole is compared with S3's checksum of it. It holds `partSize` times `queueSize` bytes.
 *
 * @example
 * ```ts
 * const { body } = await download(s3, { Bucket: 'photos', Key: 'film.mp4' });
 * await body.pipeTo(file.writable);
 * ```
 * @param params those of `headObject`: bucket, key, version, the key of SSE-C
 * @throws {ClientError} `badInput` for options out of range; what the calls throw. The body fails with `badResponse` where it
 *   is not what S3 stored, and with `PreconditionFailed` where the object was replaced meanwhile
 */
export async function download<Client extends DownloadingClient>(
  client: Client,
  params: Parameters<Client['headObject']>[0],
  options: DownloadOptions = {},
): Promise<Download<Awaited<ReturnType<Client['headObject']>>>> {
  const { onProgress, partSize = defaultPartSize, queueSize = 4, signal } = options;
  checkedCount('download', 'queueSize', queueSize, 1);
  checkedCount('download', 'partSize', partSize, 1);
  const s3 = client as unknown as Operations;
  const input: object = params;
  const head = await s3.headObject({ ...input, ChecksumMode: 'ENABLED' }, { signal });
  const size = Number(head.ContentLength ?? 0);
  const stored = checksumIn(head);
  const whole = stored && (await WholeChecksum.of(stored.algorithm));
  const stopping = new AbortController();
  const ended = signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]);
  const reading: Promise<Uint8Array>[] = [];
  let asked = 0;
  let loaded = 0;

  async function range(from: number): Promise<Uint8Array> {
    const length = Math.min(partSize, size - from);
    const Range = `bytes=${from}-${from + length - 1}`;
    for (let reading = 1; ; reading += 1) {
      try {
        const { Body } = await s3.getObject(
          { ...input, Range, ...(head.ETag && { IfMatch: head.ETag }) },
          { signal: ended },
        );
        return await exactly(length, Body);
      } catch (error) {
        if (reading >= maxReadings || ended.aborted || retryable(error) === undefined) throw error;
      }
    }
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (reading.length < queueSize && asked < size) {
          const next = range(asked);
          // Its failure is met when its turn comes.
          next.catch(() => {});
          reading.push(next);
          asked += partSize;
        }
        try {
          const bytes = await reading.shift();
          if (bytes !== undefined) {
            whole?.update(bytes);
            loaded += bytes.length;
            tell(() => onProgress?.({ loaded, total: size }));
          }
          if (loaded === size && whole !== undefined) compare(whole, stored?.expected);
          if (bytes !== undefined) controller.enqueue(bytes);
          if (loaded === size) controller.close();
        } catch (error) {
          stopping.abort(error);
          controller.error(signal?.aborted === true ? aborted(signal) : error);
        }
      },
      cancel: (reason) => stopping.abort(reason),
    },
    { highWaterMark: 0 },
  );
  return {
    body: withShortcuts(body),
    head: head as Awaited<ReturnType<Client['headObject']>>,
    checkedBy: whole && stored?.algorithm,
  };
}

/** Reads a body of a known length into one piece. */
async function exactly(length: number, body: StreamingOutput | null | undefined): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let found = 0;
  for await (const chunk of chunksOf(body ?? new Uint8Array())) {
    if (found + chunk.length <= length) bytes.set(chunk, found);
    found += chunk.length;
  }
  if (found === length) return bytes;
  throw new ClientError(
    'badResponse',
    `Cannot download: a range of ${length} bytes was answered with ${found}`,
  );
}

function compare(whole: WholeChecksum, expected: string | undefined): void {
  const found = whole.digest();
  if (found === expected) return;
  throw new ClientError(
    'badResponse',
    `The object was damaged on its way: its ${whole.member} is ${found}, and S3 says ${expected}`,
  );
}
