import { WireError } from '../error.ts';
import { decodeMessage } from '../event-stream/message.ts';
import { readMessages } from '../event-stream/read-messages.ts';
import type { Bytes, WireRequest } from '../http.ts';
import { reporting } from '../misfit.ts';
import { streamOf } from '../streams/stream-of.ts';
import { hex, type SigV4Crypto, webCrypto } from './crypto.ts';
import { EventSigner } from './event-signer.ts';
import { equalInConstantTime } from './signature.ts';
import type { SecretHolder } from './verification-options.ts';
import type { SigV4Verified } from './verify.ts';

/**
 * Reads a signed event stream, after `verifySigV4` has verified the headers. Checks each message's signature before
 * passing the message on, and that the stream ends with the signed empty message.
 *
 * @returns the messages without their signatures. The stream fails with a `WireError` where a signature is wrong
 */
export function verifyEvents(
  { body }: WireRequest<Bytes>,
  verified: SigV4Verified<SecretHolder>,
  { crypto = webCrypto }: { readonly crypto?: SigV4Crypto } = {},
): ReadableStream<Uint8Array> {
  const signer = new EventSigner(verified.credentials.secretAccessKey, verified, crypto);
  return streamOf(verifiedMessages(body, signer));
}

async function* verifiedMessages(
  body: Bytes,
  signer: EventSigner,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const bytes of readMessages(body)) {
    const { headers, payload } = reporting('malformed', () => decodeMessage(bytes));
    const date = headers[':date']?.value;
    const signature = headers[':chunk-signature']?.value;
    if (!(date instanceof Date && signature instanceof Uint8Array)) throw refused('a message is not signed');
    const expected = (await signer.sign(payload, date.getTime()))[':chunk-signature'].value;
    if (!(expected instanceof Uint8Array && equalInConstantTime(hex(signature), hex(expected))))
      throw refused('the signature of a message is wrong');
    if (payload.length === 0) return;
    yield payload;
  }
  throw refused('it ends before its signed end');
}

function refused(reason: string): WireError {
  return new WireError('malformed', `Cannot read the event stream: ${reason}`);
}
