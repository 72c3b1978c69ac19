import { lengthOf, type StreamingInput } from '@latchkey/wire/values/bytes';
import { encodeUtf8 } from '@latchkey/wire/values/utf8';
import { abortable } from '../call/deadline.ts';
import { tell } from '../call/hooks.ts';
import type { CallOptions } from '../call-options.ts';
import { ClientError } from '../client-error.ts';
import { PartReader } from './part-reader.ts';
import { checkedCount, type TransferProgress } from './transfer.ts';
import { coversParts, WholeChecksum } from './whole-checksum.ts';

/** The smallest part that S3 takes, but for the last one, in bytes. */
const minimumPartSize = 5 * 1024 * 1024;
/** The most parts that S3 joins. */
const maximumParts = 10_000;

/** How `upload` cuts and sends. */
export interface UploadOptions {
  /** Maximum number of parts that are sent at once. Default: 4. */
  readonly queueSize?: number | undefined;
  /**
   * Size of a part in bytes, at least 5 MiB. Default: 5 MiB, or what makes 10,000 parts, which is all that S3 joins, where
   * the length of the body is known; give larger ones for a stream of more than 48 GiB.
   */
  readonly partSize?: number | undefined;
  /** Whether to leave the parts in S3 when the upload fails, where they cost money until they are removed. Default: false. */
  readonly leavePartsOnError?: boolean | undefined;
  /** Whether to let S3 compare a checksum of the whole object, too, besides those of its parts. Default: true. */
  readonly checksWhole?: boolean | undefined;
  /** Told after each part, and after a body that is no longer than one. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** Ends the upload, and removes its parts. */
  readonly signal?: AbortSignal | undefined;
}

/** What an upload answers with, in one request or in parts. */
export interface UploadOutput {
  readonly ETag?: string | null;
  readonly VersionId?: string | null;
}

/** The operations of S3 that an upload calls, so that a module with `actions=PutObject,*MultipartUpload,UploadPart` will do. */
export interface UploadingClient {
  putObject(params: never, options?: CallOptions): Promise<UploadOutput>;
  createMultipartUpload(params: never, options?: CallOptions): Promise<{ readonly UploadId?: string | null }>;
  uploadPart(params: never, options?: CallOptions): Promise<{ readonly ETag?: string | null }>;
  completeMultipartUpload(params: never, options?: CallOptions): Promise<UploadOutput>;
  abortMultipartUpload(params: never, options?: CallOptions): Promise<unknown>;
}

/** The same operations, with the parameters that they are given here. */
type Operations = {
  readonly [Name in keyof UploadingClient]: (
    params: object,
    options: CallOptions,
  ) => ReturnType<UploadingClient[Name]>;
};

interface CompletedPart {
  readonly ETag: string;
  readonly PartNumber: number;
}

/**
 * Uploads a stream of unknown length to S3: in one request where it is no longer than a part, else in parts, several at once.
 * S3 compares checksums of each part and of the whole. When the upload fails or is aborted, its parts are removed. It holds
 * `partSize` times `queueSize` bytes, and one part more.
 *
 * @example
 * ```ts
 * await upload(s3, { Bucket: 'photos', Key: 'film.mp4', Body: Deno.stdin.readable });
 * ```
 * @param params those of `createMultipartUpload`, and the body
 * @throws {ClientError} `badInput` for options out of range, or a body of more than 10,000 parts; `aborted`; what the calls throw
 */
export async function upload<Client extends UploadingClient>(
  client: Client,
  params: Parameters<Client['createMultipartUpload']>[0] & { readonly Body: StreamingInput },
  options: UploadOptions = {},
): Promise<UploadOutput> {
  const { Body, ...input }: { readonly Body: StreamingInput } = params;
  const length = typeof Body === 'string' ? encodeUtf8(Body).length : knownLength(Body, input);
  const least = Math.max(minimumPartSize, Math.ceil((length ?? 0) / maximumParts));
  const { onProgress, partSize = least, queueSize = 4, signal } = options;
  checkedCount('upload', 'queueSize', queueSize, 1);
  checkedCount('upload', 'partSize', partSize, minimumPartSize);
  const s3 = client as unknown as Operations;
  const parts = new PartReader(Body, partSize);
  const told = (loaded: number) => tell(() => onProgress?.({ loaded, total: length }));
  try {
    const first = await abortable(parts.next(), signal);
    const second = first && (await abortable(parts.next(), signal));
    if (second !== undefined && first !== undefined) {
      return await uploadParts(s3, input, {
        ...options,
        queueSize,
        partSize,
        told,
        parts,
        waiting: [first, second],
      });
    }
    const output = await s3.putObject({ ...input, Body: first ?? new Uint8Array() }, { signal });
    told(first?.length ?? 0);
    return output;
  } catch (error) {
    parts.cancel(error);
    throw error;
  }
}

interface PartsUpload extends UploadOptions {
  readonly queueSize: number;
  readonly partSize: number;
  readonly parts: PartReader;
  /** Parts that are read already. */
  readonly waiting: Uint8Array[];
  told(loaded: number): void;
}

async function uploadParts(
  s3: Operations,
  input: Readonly<Record<string, unknown>>,
  {
    checksWhole = true,
    leavePartsOnError = false,
    parts,
    partSize,
    queueSize,
    signal,
    told,
    waiting,
  }: PartsUpload,
): Promise<UploadOutput> {
  const { ChecksumAlgorithm = 'CRC32', ...given } = withoutWhole(input);
  const algorithm = String(ChecksumAlgorithm);
  const mayCover = checksWhole && coversParts(algorithm) && given['ChecksumType'] !== 'COMPOSITE';
  const whole = mayCover ? await WholeChecksum.of(algorithm) : undefined;
  const kind = { ChecksumAlgorithm, ...(whole && { ChecksumType: 'FULL_OBJECT' }) };
  const { UploadId } = await s3.createMultipartUpload({ ...given, ...kind }, { signal });
  if (!UploadId) throw new ClientError('badResponse', 'Cannot upload in parts: the answer has no UploadId');
  // Some members belong to every request, e.g. the key of SSE-C. A client leaves out those that are not the operation's.
  const shared = { ...given, UploadId };
  const completed: CompletedPart[] = [];
  const failures: unknown[] = [];
  let number = 0;
  let loaded = 0;
  let size = 0;

  /** Takes the next part. Several senders take in turns: a part is numbered when it is taken. */
  let taking: Promise<unknown> = Promise.resolve();
  function take(): Promise<{ readonly PartNumber: number; readonly Body: Uint8Array } | undefined> {
    const taken = taking.then(async () => {
      if (failures.length > 0) return undefined;
      const Body = waiting.shift() ?? (await abortable(parts.next(), signal));
      if (Body === undefined) return undefined;
      number += 1;
      if (number > maximumParts) {
        const advice = `give a partSize above ${partSize}`;
        throw new ClientError(
          'badInput',
          `Cannot upload: the body has more than ${maximumParts} parts; ${advice}`,
        );
      }
      whole?.update(Body);
      size += Body.length;
      return { PartNumber: number, Body };
    });
    taking = taken.catch(() => undefined);
    return taken;
  }
  async function send(): Promise<void> {
    try {
      for (let part = await take(); part !== undefined; part = await take()) {
        const { PartNumber, Body } = part;
        const output = await s3.uploadPart({ ...shared, ChecksumAlgorithm, PartNumber, Body }, { signal });
        const { ETag } = output;
        if (!ETag)
          throw new ClientError('badResponse', `Cannot upload: the answer to part ${PartNumber} has no ETag`);
        completed.push({ ...checksumOf(output, algorithm), ETag, PartNumber });
        loaded += Body.length;
        told(loaded);
      }
    } catch (error) {
      failures.push(error);
    }
  }

  try {
    await Promise.all(Array.from({ length: queueSize }, send));
    if (failures.length > 0) throw failures[0];
    const Parts = completed.toSorted((a, b) => a.PartNumber - b.PartNumber);
    const checked = whole && {
      ChecksumType: 'FULL_OBJECT',
      [whole.member]: whole.digest(),
      MpuObjectSize: size,
    };
    return await s3.completeMultipartUpload(
      { ...shared, ...checked, MultipartUpload: { Parts } },
      { signal },
    );
  } catch (error) {
    // No part is under way any more, so none comes after this.
    if (!leavePartsOnError) await s3.abortMultipartUpload(shared, {}).catch(() => undefined);
    throw error;
  }
}

/** Parameters without what says something of the whole body, which no part has. */
function withoutWhole(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const ofWhole = /^(?:ContentLength|ContentMD5|Checksum(?!Algorithm$|Type$).*)$/;
  return Object.fromEntries(Object.entries(input).filter(([name]) => !ofWhole.test(name)));
}

function knownLength(
  body: StreamingInput,
  { ContentLength }: { readonly ContentLength?: unknown },
): number | undefined {
  if (body instanceof Uint8Array) return body.length;
  return lengthOf(body) ?? (typeof ContentLength === 'number' ? ContentLength : undefined);
}

/** The checksum that S3 has of a part, which it wants again when the parts are joined. */
function checksumOf(output: object, algorithm: string): object {
  const member = `Checksum${algorithm}`;
  const value = (output as Readonly<Record<string, unknown>>)[member];
  return typeof value === 'string' ? { [member]: value } : {};
}
