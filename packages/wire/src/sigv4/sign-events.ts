import { encodeMessage } from '../event-stream/message.ts';
import { readMessages } from '../event-stream/read-messages.ts';
import type { Bytes, WireRequest } from '../http.ts';
import { streamOf } from '../streams/stream-of.ts';
import { webCrypto } from './crypto.ts';
import { EventSigner } from './event-signer.ts';
import { contentSha256, signedEvents } from './payload-hash.ts';
import { signHeaders } from './sign.ts';
import type { SigV4SigningOptions } from './signing-options.ts';

export interface EventSigningOptions
  extends Omit<SigV4SigningOptions, 'nowMs' | 'unsignedPayload' | 'contentSha256Header'> {
  /** Current time in milliseconds since the Unix epoch; called for every event, as each is dated. */
  readonly now: () => number;
}

/**
 * Signs a request, and each message of its event stream while it is sent. Each message is wrapped in another one, which
 * has the signature. A signed empty message ends the stream.
 *
 * @param request must have its `host` header, and an event stream as its body
 */
export async function signEventsSigV4(
  request: WireRequest<Bytes>,
  options: EventSigningOptions,
): Promise<WireRequest<ReadableStream<Uint8Array>>> {
  const { now, crypto = webCrypto } = options;
  const headers = { ...request.headers, [contentSha256]: signedEvents };
  const signed = await signHeaders({ ...request, headers }, { ...options, nowMs: now() });
  const signer = new EventSigner(options.credentials.secretAccessKey, signed, crypto);
  return { ...signed.request, body: streamOf(signMessages(request.body, signer, now)) };
}

async function* signMessages(
  body: Bytes,
  signer: EventSigner,
  now: () => number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const message of readMessages(body)) yield wrap(message, await signer.sign(message, now()));
  const end = new Uint8Array();
  yield wrap(end, await signer.sign(end, now()));
}

function wrap(payload: Uint8Array, headers: Awaited<ReturnType<EventSigner['sign']>>): Uint8Array {
  return encodeMessage({ headers, payload });
}
