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
  /** Milliseconds since the Unix epoch; asked for each event, of which each has a date of its own. */
  readonly now: () => number;
}

/**
 * Signs a request and, while it is sent, each message of its event stream: each travels inside another, which carries the
 * signature. An empty one says that the stream has come to its end.
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
