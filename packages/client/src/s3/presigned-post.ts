import { renderAmzDate } from '@latchkey/wire/sigv4/amz-date';
import { credentialScope } from '@latchkey/wire/sigv4/credential-scope';
import { webCrypto } from '@latchkey/wire/sigv4/crypto';
import { sign } from '@latchkey/wire/sigv4/signature';
import { signingKeyOf } from '@latchkey/wire/sigv4/signing-key';
import { encodeBase64 } from '@latchkey/wire/values/base64';
import { encodeUtf8 } from '@latchkey/wire/values/utf8';
import type { PreparedCall } from '../call/prepared-call.ts';
import { type InternalCallOptions, insteadOfSending } from '../call/sending-client.ts';
import type { ServiceSetup } from '../call/service-setup.ts';
import type { CallOptions } from '../call-options.ts';
import { ClientError } from '../client-error.ts';

/** What a form must say to be taken: a value, the beginning of one, or the size of the file in bytes. */
export type PostCondition =
  | Readonly<Record<string, string>>
  | readonly ['eq' | 'starts-with', field: `$${string}`, value: string]
  | readonly ['content-length-range', least: number, most: number];

/** What `presignedPost` allows. */
export interface PresignedPostOptions {
  /** Lifetime in seconds, up to a week. Default: 900. */
  readonly expiresInSeconds?: number | undefined;
  /** Further fields of the form, with the values that they must have, e.g. `{ 'Content-Type': 'image/png' }`. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Further conditions, for fields that the form has from elsewhere. Default: none. */
  readonly conditions?: readonly PostCondition[] | undefined;
}

/** Where a form is sent, and its fields before the one with the file, whose name is `file`. */
export interface PresignedPost {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A client of S3 with `putObject`, which is not called: it has endpoint and credentials. */
export interface PostingClient {
  putObject(params: never, options?: CallOptions): Promise<unknown>;
}

const maxSeconds = 7 * 24 * 3600;
const fileName = '$' + '{filename}';

/**
 * Makes a form with which anyone may upload one file to S3 without credentials, as its policy says, until it expires. Only
 * what the policy names is taken: set a limit with `['content-length-range', 0, bytes]`.
 *
 * @example
 * ```ts
 * const { url, fields } = await presignedPost(s3, { Bucket: 'photos', Key: 'cat.jpg' }, {
 *   conditions: [['content-length-range', 0, 10_000_000]],
 * });
 * ```
 * @param place a `Key` that ends with `${filename}` takes the name that the file has
 * @throws {ClientError} what a call would throw before it is sent; `badInput` for a lifetime out of range
 */
export async function presignedPost(
  client: PostingClient,
  place: { readonly Bucket: string; readonly Key: string },
  { conditions = [], expiresInSeconds = 900, fields = {} }: PresignedPostOptions = {},
): Promise<PresignedPost> {
  if (!Number.isInteger(expiresInSeconds) || expiresInSeconds < 1 || expiresInSeconds > maxSeconds) {
    const found = `expiresInSeconds is ${expiresInSeconds}, expected 1 to ${maxSeconds}`;
    throw new ClientError('badInput', `Cannot presign a form: ${found}`);
  }
  const options: InternalCallOptions = {
    [insteadOfSending]: (call, setup) =>
      signedForm(call, setup, { conditions, expiresInSeconds, fields, place }),
  };
  const putObject = client.putObject.bind(client) as (
    params: object,
    options: CallOptions,
  ) => Promise<unknown>;
  // A key of one letter, which is easily taken off the path again. The call resolves with what `insteadOfSending` returns.
  return (await putObject({ Bucket: place.Bucket, Key: 'x' }, options)) as PresignedPost;
}

interface Form extends Required<PresignedPostOptions> {
  readonly conditions: readonly PostCondition[];
  readonly expiresInSeconds: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly place: { readonly Bucket: string; readonly Key: string };
}

async function signedForm(
  { host, request, secure, signing, what }: PreparedCall,
  { clock, crypto = webCrypto, signingKeys }: ServiceSetup,
  { conditions, expiresInSeconds, fields, place: { Bucket, Key } }: Form,
): Promise<PresignedPost> {
  if (signing === undefined || signing.regionSet !== undefined) {
    const found = signing === undefined ? 'it is not signed' : 'its endpoint takes only sigv4a';
    throw new ClientError('badInput', `Cannot presign a form like ${what}: ${found}`);
  }
  const { credentials, region, service } = signing;
  const nowMs = clock.now();
  const amzDate = renderAmzDate(nowMs);
  const scope = { date: amzDate.slice(0, 8), region, service };
  const signed = {
    ...fields,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${credentialScope(scope)}`,
    'X-Amz-Date': amzDate,
    ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
  };
  const key: PostCondition = Key.endsWith(fileName)
    ? ['starts-with', '$key', Key.slice(0, -fileName.length)]
    : { key: Key };
  const policy = encodeBase64(
    encodeUtf8(
      JSON.stringify({
        expiration: new Date(nowMs + expiresInSeconds * 1000).toISOString(),
        conditions: [
          { bucket: Bucket },
          key,
          ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
          ...conditions,
        ],
      }),
    ),
  );
  const signingKey = await signingKeyOf({ ...signing, nowMs, signingKeys, crypto }, scope);
  return {
    url: `http${secure ? 's' : ''}://${host}${request.path.replace(/x$/, '')}`,
    fields: {
      key: Key,
      ...signed,
      Policy: policy,
      'X-Amz-Signature': await sign(policy, signingKey, crypto),
    },
  };
}
