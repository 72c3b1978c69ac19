import type { WireRequest } from '@latchkey/wire/http';
import { presignSigV4 } from '@latchkey/wire/sigv4/presign';
import type { PreparedCall } from './call/prepared-call.ts';
import { type InternalCallOptions, insteadOfSending } from './call/sending-client.ts';
import type { ServiceSetup } from './call/service-setup.ts';
import type { CallOptions } from './call-options.ts';
import { ClientError } from './client-error.ts';

/** Options of `presignedUrl`. */
export interface PresignOptions {
  /** Lifetime of the URL in seconds, up to a week. Default: 900. */
  readonly expiresInSeconds?: number;
}

type Methods<Name extends PropertyKey> = {
  readonly [Key in Name]: (params: never, options?: CallOptions) => Promise<unknown>;
};

/**
 * Makes a presigned URL: anyone who has it can make this call without credentials until it expires.
 *
 * @example
 * ```ts
 * const url = await presignedUrl(s3, 'getObject', { Bucket: 'photos', Key: 'cat.jpg' }, { expiresInSeconds: 60 });
 * ```
 * @param client generated client
 * @param method name of one of its methods
 * @returns the URL. Headers that the input sets are in its query
 * @throws {ClientError} what a call would throw before it is sent; `badInput` for an `expiresInSeconds` out of range
 */
export async function presignedUrl<Client extends Methods<Name>, Name extends keyof Client>(
  client: Client,
  method: Name,
  params: Parameters<Client[Name]>[0],
  { expiresInSeconds = 900 }: PresignOptions = {},
): Promise<string> {
  const options: InternalCallOptions = {
    [insteadOfSending]: (call, setup) => presign(call, setup, expiresInSeconds),
  };
  // The call resolves with what `insteadOfSending` returns.
  return (await client[method](params, options)) as string;
}

async function presign(
  { request, signing, secure, host, what }: PreparedCall,
  { clock, crypto, signingKeys }: ServiceSetup,
  expiresSeconds: number,
): Promise<string> {
  if (signing === undefined || !(request.body instanceof Uint8Array)) {
    const found = signing === undefined ? 'it is not signed' : 'its body streams';
    throw new ClientError('badInput', `Cannot presign ${what}: ${found}`);
  }
  const { path, query } = await presignSigV4(presentable(request, request.body), {
    ...signing,
    nowMs: clock.now(),
    expiresSeconds,
    signingKeys,
    hoistHeaders: true,
    unsignedPayload: signing.service.startsWith('s3'),
    ...(crypto && { crypto }),
  }).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    throw new ClientError('badInput', `Cannot presign ${what}: ${error.message}`, { cause: error });
  });
  return `http${secure ? 's' : ''}://${host}${path}?${query}`;
}

/** Leaves out headers that describe this client: whoever has the URL would have to send them, too. */
function presentable(request: PreparedCall['request'], body: Uint8Array): WireRequest {
  const { 'amz-sdk-invocation-id': _id, 'x-amz-user-agent': _agent, ...headers } = request.headers;
  return { ...request, body, headers };
}
