import type { SigV4Refusal, SigV4Verified, WireRequest } from '@latchkey/wire';
import { verifySigV4 } from '@latchkey/wire/sigv4/verify';
import type { Received } from './stub-service.ts';
import { credentials } from './thermostat-client.ts';

/** Checks a request's signature like a service, with wire's verifier. */
export function verifyRequest(
  received: Received | undefined,
  nowMs: number,
  options: { readonly service?: string; readonly isS3?: boolean } = {},
): Promise<SigV4Verified<typeof credentials> | SigV4Refusal> {
  return verifySigV4(wireRequestOf(received), {
    nowMs,
    services: [options.service ?? 'thermostat'],
    findCredentials: (accessKeyId) => (accessKeyId === credentials.accessKeyId ? credentials : undefined),
    allowUnsignedPayload: true,
    allowStreamingPayload: true,
    disableDoubleEncoding: options.isS3 ?? false,
  });
}

export function wireRequestOf(received: Received | undefined): WireRequest {
  if (received === undefined) throw new TypeError('Cannot verify: there was no request');
  const [path = '', query = ''] = received.url.split('?');
  const headers = Object.fromEntries(
    Object.entries(received.headers).map(([name, value]) => [name, value?.toString()]),
  );
  return { method: received.method, path, query, headers, body: received.body };
}
