import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import type { StreamingInput } from '@latchkey/wire/values/bytes';
import { bytesFrom } from '@latchkey/wire/values/bytes';
import { ClientError } from '../client-error.ts';

/** The smallest part that S3 takes, but for the last one, in bytes. */
const minimumPartSize = 5 * 1024 * 1024;
/** The most parts that S3 joins. */
const maximumParts = 10_000;

/** How `managedUpload` cuts and sends. */
export interface UploadOptions {
  /** Maximum number of parts that are sent at once. Default: 4. */
  readonly queueSize?: number;
  /** Size of a part in bytes, at least 5 MiB. Default: 5 MiB; S3 joins 10,000 parts, so larger ones for more than 48 GiB. */
  readonly partSize?: number;
  /** Whether to leave the parts in S3 when the upload fails, where they cost money until they are removed. Default: false. */
  readonly leavePartsOnError?: boolean;
}

/** What an upload answers with, in one request or in parts. */
export interface UploadOutput {
  readonly ETag?: string | null;
  readonly VersionId?: string | null;
}

interface CompletedPart {
  readonly ETag: string;
  readonly PartNumber: number;
}

/** The operations of S3 that an upload calls, so that a module with `actions=PutObject,*MultipartUpload,UploadPart` will do. */
export interface UploadingClient {
  putObject(params: never): Promise<UploadOutput>;
  createMultipartUpload(params: never): Promise<{ readonly UploadId?: string | null }>;
  uploadPart(params: never): Promise<{ readonly ETag?: string | null }>;
  completeMultipartUpload(params: never): Promise<UploadOutput>;
  abortMultipartUpload(params: never): Promise<unknown>;
}

/** The same operations, with the parameters that they are given here. */
type Operations = {
  readonly [Name in keyof UploadingClient]: (params: object) => ReturnType<UploadingClient[Name]>;
};

/**
 * Uploads a stream of unknown length to S3: in one request where it is no longer than a part, else in parts, several at once.
 * When it fails, the parts are removed.
 *
 * @example
 * ```ts
 * await managedUpload(s3, { Bucket: 'photos', Key: 'film.mp4', Body: Deno.stdin.readable });
 * ```
 * @param params those of `createMultipartUpload`, and the body
 * @throws {ClientError} `badInput` for options out of range, or a body of more than 10,000 parts; what the calls throw
 */
export async function managedUpload<Client extends UploadingClient>(
  client: Client,
  params: Parameters<Client['createMultipartUpload']>[0] & { readonly Body: StreamingInput },
  { queueSize = 4, partSize = minimumPartSize, leavePartsOnError = false }: UploadOptions = {},
): Promise<UploadOutput> {
  check('queueSize', queueSize, 1);
  check('partSize', partSize, minimumPartSize);
  const s3 = client as unknown as Operations;
  const { Body, ...input }: { readonly Body: StreamingInput } = params;
  const parts = partsOf(chunksOf(bytesFrom(Body)), partSize);
  const first = await parts.next();
  const second = first.done ? first : await parts.next();
  if (second.done) return await s3.putObject({ ...input, Body: first.value ?? new Uint8Array() });

  const { UploadId } = await s3.createMultipartUpload(input);
  if (!UploadId) throw new ClientError('badResponse', 'Cannot upload in parts: the answer has no UploadId');
  // Some members belong to every request, e.g. the key of SSE-C. A client leaves out those that are not the operation's.
  const upload = { ...input, UploadId };
  const completed: CompletedPart[] = [];
  const failures: unknown[] = [];
  let number = 0;
  const waiting = [first.value, second.value];

  /** Takes the next part. Several senders take in turns: a part is numbered when it is taken. */
  let taking: Promise<unknown> = Promise.resolve();
  function take(): Promise<{ readonly PartNumber: number; readonly bytes: Uint8Array } | undefined> {
    const taken = taking.then(async () => {
      if (failures.length > 0) return undefined;
      const bytes = waiting.shift() ?? (await parts.next()).value;
      if (bytes === undefined) return undefined;
      number += 1;
      if (number > maximumParts) {
        const advice = `give a partSize above ${partSize}`;
        throw new ClientError(
          'badInput',
          `Cannot upload: the body has more than ${maximumParts} parts; ${advice}`,
        );
      }
      return { PartNumber: number, bytes };
    });
    taking = taken.catch(() => undefined);
    return taken;
  }
  async function send(): Promise<void> {
    try {
      for (let part = await take(); part !== undefined; part = await take()) {
        const { PartNumber, bytes } = part;
        const { ETag } = await s3.uploadPart({ ...upload, PartNumber, Body: bytes });
        if (!ETag)
          throw new ClientError('badResponse', `Cannot upload: the answer to part ${PartNumber} has no ETag`);
        completed.push({ ETag, PartNumber });
      }
    } catch (error) {
      failures.push(error);
    }
  }

  try {
    await Promise.all(Array.from({ length: queueSize }, send));
    if (failures.length > 0) throw failures[0];
    const Parts = completed.toSorted((a, b) => a.PartNumber - b.PartNumber);
    return await s3.completeMultipartUpload({ ...upload, MultipartUpload: { Parts } });
  } catch (error) {
    // No part is under way any more, so none comes after this.
    if (!leavePartsOnError) await s3.abortMultipartUpload(upload).catch(() => undefined);
    await parts.return(undefined);
    throw error;
  }
}

function check(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new ClientError(
    'badInput',
    `Cannot upload: ${name} is ${value}, expected a whole number from ${least}`,
  );
}

/** Joins and cuts chunks into parts of the same size; the last may be smaller. */
async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  let part = new Uint8Array(size);
  let length = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      if (length === size) {
        yield part;
        part = new Uint8Array(size);
        length = 0;
      }
      const piece = chunk.subarray(at, at + size - length);
      part.set(piece, length);
      length += piece.length;
      at += piece.length;
    }
  }
  if (length > 0) yield part.subarray(0, length);
  return undefined;
}
