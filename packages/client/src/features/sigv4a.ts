import { unsignedChunks } from '@latchkey/wire/aws-chunked/unsigned-chunks';
import { signSigV4a } from '@latchkey/wire/sigv4a/sign';
import type { Feature } from '../feature.ts';

/** Signatures that several regions can verify, where the endpoint asks for such. */
export const sigv4a: Feature = {
  authScheme: 'sigv4a',
  sign({ request, signing }) {
    if (signing?.regionSet === undefined) return undefined;
    const isS3 = signing.service.startsWith('s3');
    const framed = request.trailers === undefined ? request : unsignedChunks(request);
    return signSigV4a(framed, {
      ...signing,
      regionSet: signing.regionSet,
      contentSha256Header: isS3,
      unsignedPayload: signing.unsignedPayload === true || (isS3 && !(request.body instanceof Uint8Array)),
    });
  },
};
