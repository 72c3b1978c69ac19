import { unsignedChunks } from '@latchkey/wire/aws-chunked/unsigned-chunks';
import { signSigV4 } from '@latchkey/wire/sigv4/sign';
import { signChunkedSigV4 } from '@latchkey/wire/sigv4/sign-chunked';
import type { Feature } from '../feature.ts';

/**
 * Signs bodies of S3 that stream: unsigned where TLS protects them, else in signed chunks. Trailers follow the body. Before
 * `s3`, which signs the others.
 */
export const s3Streams: Feature = {
  sign({ request, secure, signing }) {
    if (signing?.regionSet !== undefined) return undefined;
    if (request.body instanceof Uint8Array && request.trailers === undefined) return undefined;
    if (signing !== undefined && !secure) return signChunkedSigV4(request, signing);
    const framed = request.trailers === undefined ? request : unsignedChunks(request);
    if (signing === undefined) return Promise.resolve(framed);
    return signSigV4(framed, { ...signing, contentSha256Header: false, unsignedPayload: true });
  },
};
