import { preferredType } from '@latchkey/wire';
import type { IncomingRequest } from '../http/route.ts';

/** Sent by AWS's SDKs and by no browser on its own. */
const sdkHeaders = [
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'x-amz-user-agent',
  'x-amz-target',
  'x-amz-date',
];
const sdkUserAgent = /(?:^|\s)(?:aws-cli|aws-sdk-[\w-]+|boto3|botocore)\//i;

/** What a signature claims to be for. */
export interface ClaimedSignature {
  /** Signing name of the service, e.g. `sts`; `undefined` where it cannot be read. */
  readonly service: string | undefined;
  /** Whether the query alone holds it, as in a presigned URL, which a browser may open as well. */
  readonly isPresigned: boolean;
}

/** Whether an AWS client sent a request, rather than a browser in which somebody opened an address. */
export function isAwsClient({ headers }: IncomingRequest): boolean {
  return (
    sdkHeaders.some((name) => headers[name] !== undefined) ||
    /^AWS/.test(headers.authorization ?? '') ||
    sdkUserAgent.test(headers['user-agent'] ?? '')
  );
}

/**
 * What the signature of a request claims, in any of AWS's schemes, unverified: SigV4 and SigV4a in the headers or in the
 * query, and version 2, which only S3 still takes outside forms.
 */
export function claimedSignature({ headers, query }: IncomingRequest): ClaimedSignature | undefined {
  const { authorization = '' } = headers;
  if (authorization.startsWith('AWS4-')) {
    const credential = /\bCredential=([^,\s]*)/.exec(authorization)?.[1] ?? '';
    return { service: serviceOf(credential), isPresigned: false };
  }
  if (authorization.startsWith('AWS ')) return { service: 's3', isPresigned: false };
  if (/(?:^|&)X-Amz-(?:Algorithm|Signature)=/i.test(query)) {
    const credential = /(?:^|&)X-Amz-Credential=([^&]*)/i.exec(query)?.[1] ?? '';
    return { service: serviceOf(credential.replaceAll(/%2F/gi, '/')), isPresigned: true };
  }
  const isVersion2 = /(?:^|&)AWSAccessKeyId=/.test(query) && /(?:^|&)Signature=/.test(query);
  return isVersion2 && !/(?:^|&)SignatureVersion=/.test(query)
    ? { service: 's3', isPresigned: true }
    : undefined;
}

/** The service stands last but one in the scope of a credential, after a region or none. */
function serviceOf(credential: string): string | undefined {
  const [service, terminator] = credential.split('/').slice(-2);
  return terminator === 'aws4_request' && service !== undefined && /^[\w.-]{1,64}$/.test(service)
    ? service
    : undefined;
}

/** Whether a person reads the answer, in a browser. */
export function wantsPage(request: IncomingRequest): boolean {
  const preferred = preferredType(request.headers.accept, ['application/json', 'text/html']);
  return preferred === 'text/html' && !isAwsClient(request);
}
