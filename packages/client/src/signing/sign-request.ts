import type { Bytes, WireRequest } from '@latchkey/wire/http';
import { signSigV4 } from '@latchkey/wire/sigv4/sign';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { concat } from '@latchkey/wire/streams/concat';
import type { Feature, Unsigned } from '../feature.ts';

/** Signs a request: as a feature of the service has it, else in its headers. An anonymous one goes as it is. */
export async function signRequest(
  unsigned: Unsigned,
  features: readonly Pick<Feature, 'sign'>[],
): Promise<WireRequest<Bytes>> {
  for (const feature of features) {
    const signed = feature.sign?.(unsigned);
    if (signed !== undefined) return signed;
  }
  const { request, signing } = unsigned;
  if (signing === undefined) return request;
  if (request.body instanceof Uint8Array || signing.unsignedPayload === true)
    return signSigV4(request, signing);
  return signSigV4({ ...request, body: await whole(request.body) }, signing);
}

/** The hash of a body goes before it, so that one that is to be signed as a whole has to be held as a whole. */
async function whole(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of chunksOf(body)) parts.push(part);
  return concat(parts);
}
