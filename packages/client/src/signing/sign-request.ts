import type { Bytes, WireRequest } from '@latchkey/wire/http';
import { signSigV4 } from '@latchkey/wire/sigv4/sign';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { concat } from '@latchkey/wire/streams/concat';
import type { Feature, Unsigned } from '../feature.ts';

/** Signs a request: by the first feature that signs it, else with SigV4 in its headers. Anonymous requests stay as they are. */
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

/** Reads a streaming body as a whole: the signature covers its hash, and is sent before it. */
async function whole(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of chunksOf(body)) parts.push(part);
  return concat(parts);
}
