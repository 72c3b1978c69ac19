import type { Bytes, ReceivedResponse, WireRequest } from '@latchkey/wire/http';
import { targetOf, traitsOf } from '@latchkey/wire/member';
import { signSigV4 } from '@latchkey/wire/sigv4/sign';
import type { Feature, FeatureContext, LearnedRegions, Unsigned } from '../feature.ts';
import type { Operation } from '../operation.ts';
import type { ServiceError } from '../service-error.ts';

/** S3: bucket in host or path, its regions, signatures, and errors that the status does not show. */
export const s3: Feature = {
  request(request, { operation }) {
    // The endpoint already has the bucket, in its host or in its path, as the endpoint rules decide.
    if (operation.http?.uri.startsWith('/{Bucket}') !== true) return request;
    return { ...request, path: request.path.replace(/^\/[^/]*/, '') };
  },
  endpointParams: ({ customEndpoint, endpointSettings = {}, input, setting }) => {
    if (endpointSettings['forcePathStyle'] !== undefined) return undefined;
    const ForcePathStyle = isPathStyle(setting('addressing_style', 's3'), customEndpoint, input['Bucket']);
    return ForcePathStyle ? { ForcePathStyle } : undefined;
  },
  region: ({ input: { Bucket } }, { regions }) =>
    typeof Bucket === 'string' ? regions.get(Bucket) : undefined,
  learnRegion,
  sign,
  response(response, { operation }) {
    if (!(response.body instanceof Uint8Array)) return response;
    if (response.status >= 300)
      return withRegion(named({ ...response, body: response.body }, operation.http?.method));
    if (response.body.length === 0 && hasDocument(operation)) return cutShort(response);
    return holdsError(response.body) ? { ...response, status: 500 } : response;
  },
};

const bucketRegion = 'x-amz-bucket-region';

/**
 * Whether the bucket stands in the path, not in the host. With an endpoint of one's own (MinIO, LocalStack) it does, as
 * no name `bucket.host` resolves there; an ARN cannot stand in a path.
 *
 * @param style - `addressing_style` of the profile: `path`, `virtual` or `auto`
 */
function isPathStyle(
  style: string | undefined,
  customEndpoint: string | undefined,
  bucket: unknown,
): boolean {
  if (style === 'path' || style === 'virtual') return style === 'path';
  return customEndpoint !== undefined && !String(bucket).startsWith('arn:');
}

/** Buckets whose region is remembered at once. */
const maxRegions = 1000;

function learnRegion(
  error: ServiceError,
  { input: { Bucket } }: FeatureContext,
  { follow, regions }: LearnedRegions,
): boolean {
  const { status, headers } = error.response;
  const region = headers[bucketRegion] ?? '';
  if (typeof Bucket !== 'string' || ![301, 307, 400].includes(status)) return false;
  if (!/^[a-z0-9-]{1,63}$/.test(region) || region === regions.get(Bucket)) return false;
  if (!follow) {
    error.message += `; '${Bucket}' is in ${region}: make the client with this region, or with followRegionRedirects`;
    return false;
  }
  if (regions.size >= maxRegions) regions.clear();
  regions.set(Bucket, region);
  return true;
}

/** Puts the region that an error names into the header that other errors have it in. */
function withRegion(response: ReceivedResponse): ReceivedResponse {
  if (response.headers[bucketRegion] !== undefined) return response;
  const text = new TextDecoder().decode(response.body);
  // Servers that are not AWS's say it in words only.
  const [, region] = /(?:<Region>|; expecting (?:'|&apos;|&#39;))([a-z0-9-]+)/.exec(text) ?? [];
  return region === undefined
    ? response
    : { ...response, headers: { ...response.headers, [bucketRegion]: region } };
}

/** Signs a body that is whole; `s3Streams` signs the others. */
function sign({ request, signing }: Unsigned): Promise<WireRequest<Bytes>> | undefined {
  if (signing?.regionSet !== undefined) return undefined;
  if (signing === undefined || !(request.body instanceof Uint8Array)) return Promise.resolve(request);
  const whole = { ...request, body: request.body };
  return signSigV4(whole, { ...signing, contentSha256Header: true, unsignedPayload: false });
}

/**
 * Whether a body of status 200 holds an error: a long operation sends its status before it knows the outcome. Such an
 * error counts as status 500, so that the call is retried.
 */
function holdsError(body: Uint8Array): boolean {
  const start = new TextDecoder().decode(body.subarray(0, 4096));
  return /^\s*(?:<\?xml[^>]*>\s*)?<Error[\s>]/.test(start);
}

/** Whether the output has a member that travels in an XML document. S3 sends the document even where it says nothing. */
function hasDocument({ output }: Operation): boolean {
  return Object.values(output.members).some((member) => {
    const { httpHeader, httpPrefixHeaders, httpPayload } = traitsOf(member);
    if (httpHeader !== undefined || httpPrefixHeaders !== undefined) return false;
    return httpPayload !== true || targetOf(member).type === 'structure';
  });
}

/** An operation that takes long can break off behind its status 200, before it says how it ended: copies and uploads. */
function cutShort(response: ReceivedResponse<Bytes>): ReceivedResponse {
  const message = 'S3 broke off behind status 200, without saying how the operation ended';
  const error = `<Error><Code>InternalError</Code><Message>${message}</Message></Error>`;
  return { ...response, status: 500, body: new TextEncoder().encode(error) };
}

const names: Readonly<Record<number, string>> = {
  301: 'PermanentRedirect',
  304: 'NotModified',
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  412: 'PreconditionFailed',
};

/** Names the error of an answer to `HEAD`, which has no body, by its status. */
function named(response: ReceivedResponse, method: string | undefined): ReceivedResponse {
  const name = names[response.status];
  if (name === undefined || response.body.length > 0 || (method !== 'HEAD' && response.status !== 304))
    return response;
  return { ...response, body: new TextEncoder().encode(`<Error><Code>${name}</Code></Error>`) };
}
