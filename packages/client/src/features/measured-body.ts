import type { ClientRequest } from '@latchkey/wire/http';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { streamOf } from '@latchkey/wire/streams/stream-of';
import { ClientError } from '../client-error.ts';
import type { Feature } from '../feature.ts';

/**
 * Makes a request fail where its body is not as long as its `content-length` says. Otherwise the service would wait
 * for the rest for ever, or store a part as the whole. For operations with a member that says it; the first feature to
 * see the request, as others frame the body. The body of a presigned request is not known here.
 */
export const measuredBody: Feature = {
  request: (request, { isPresigned }) => (isPresigned ? request : withMeasuredBody(request)),
};

function withMeasuredBody(request: ClientRequest): ClientRequest {
  const { body, headers } = request;
  if (headers['content-length'] === undefined) return request;
  const length = Number(headers['content-length']);
  if (!(body instanceof Uint8Array)) return { ...request, body: streamOf(measured(body, length)) };
  if (body.length === length) return request;
  throw mismatch(`has ${body.length} bytes`, length);
}

async function* measured(
  body: ReadableStream<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let found = 0;
  for await (const bytes of chunksOf(body)) {
    found += bytes.length;
    if (found > length) throw mismatch(`has ${found} bytes or more`, length);
    yield bytes;
  }
  if (found < length) throw mismatch(`ended after ${found} bytes`, length);
}

function mismatch(what: string, length: number): ClientError {
  return new ClientError('bodyFailed', `Cannot send the body: it ${what}, and ContentLength says ${length}`);
}
