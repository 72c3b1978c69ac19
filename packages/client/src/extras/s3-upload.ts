import type { StreamingInput } from '@latchkey/wire/values/bytes';
import { type UploadingClient, type UploadOptions, type UploadOutput, upload } from '../s3/upload.ts';

export type { TransferProgress } from '../s3/transfer.ts';
export type { UploadingClient, UploadOptions, UploadOutput } from '../s3/upload.ts';

/**
 * Uploads a stream of unknown length to S3: `upload` of `s3-transfers.ts`, by the name that the aws_api library for Deno has.
 *
 * @example
 * ```ts
 * await managedUpload(s3, { Bucket: 'photos', Key: 'film.mp4', Body: Deno.stdin.readable });
 * ```
 * @param params those of `createMultipartUpload`, and the body
 * @throws {ClientError} what `upload` throws
 */
export function managedUpload<Client extends UploadingClient>(
  client: Client,
  params: Parameters<Client['createMultipartUpload']>[0] & { readonly Body: StreamingInput },
  options: UploadOptions = {},
): Promise<UploadOutput> {
  return upload(client, params, options);
}
