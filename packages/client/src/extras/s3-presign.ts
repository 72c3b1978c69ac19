import { presignSigV4 } from '@latchkey/wire/sigv4/presign';
import { percentEncode } from '@latchkey/wire/values/query-string';
import { ClientError } from '../client-error.ts';
import type { CredentialsOption } from '../credentials/accepted-forms.ts';
import { toCredentials } from '../credentials/accepted-forms.ts';
import { DefaultCredentialsProvider, getDefaultRegion } from '../credentials.ts';

/** An object of S3, and what a URL allows with it. */
export interface GetSignedUrlOptions {
  readonly bucket: string;
  /** Key of the object; a slash before it does not count. */
  readonly path: string;
  /** Default: true, as every region has dual-stack endpoints of S3. */
  readonly useDualstack?: boolean;
  /** Default: those of `DefaultCredentialsProvider`. */
  readonly credentials?: CredentialsOption;
  /** Default: `GET`. */
  readonly method?: 'GET' | 'PUT';
  /** Default: the credentials', then `AWS_REGION`. */
  readonly region?: string;
  /** Lifetime in seconds, up to a week. Default: a day. */
  readonly expiresIn?: number;
  /** When the URL begins to be valid. Default: now. */
  readonly date?: Date;
}

/**
 * Makes a presigned URL of an object in the commercial regions of AWS. `presignedUrl` of `presign.ts` makes one of any call
 * of any client, at its endpoint.
 *
 * @throws {ClientError} `noCredentials`, `noRegion`; `badInput` for a lifetime out of range
 */
export async function getPresignedUrl(options: GetSignedUrlOptions): Promise<string> {
  const { bucket, date, expiresIn = 86_400, method = 'GET', useDualstack = true } = options;
  const credentials = toCredentials(
    options.credentials ?? (await DefaultCredentialsProvider.getCredentials()),
  );
  const region = options.region ?? credentials.region ?? getDefaultRegion();
  const endpoint = `s3.${useDualstack ? 'dualstack.' : ''}${region}.amazonaws.com`;
  const inHost = !bucket.includes('.');
  const host = inHost ? `${bucket}.${endpoint}` : endpoint;
  const key = options.path.replace(/^\//, '').split('/').map(percentEncode).join('/');
  const request = {
    method,
    path: inHost ? `/${key}` : `/${percentEncode(bucket)}/${key}`,
    query: '',
    headers: { host },
    body: new Uint8Array(),
  };
  const { path, query } = await presignSigV4(request, {
    credentials,
    region,
    service: 's3',
    nowMs: date?.getTime() ?? Date.now(),
    expiresSeconds: expiresIn,
    disableDoubleEncoding: true,
    unsignedPayload: true,
  }).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    throw new ClientError('badInput', `Cannot presign: ${error.message}`, { cause: error });
  });
  return `https://${host}${path}?${query}`;
}
