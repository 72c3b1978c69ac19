import { unsignedChunks } from '@latchkey/wire/aws-chunked/unsigned-chunks';
import { signSigV4a } from '@latchkey/wire/sigv4a/sign';
import type { Feature } from '../feature.ts';

/** SigV4A: signatures that are valid in several regions, where the endpoint asks for them. */
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
