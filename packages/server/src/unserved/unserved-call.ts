import { essenceOf, type ServiceSchema } from '@latchkey/wire';
import { isForm, queryActionOf } from '../http/query-action.ts';
import type { IncomingRequest } from '../http/route.ts';
import { claimedSignature, wantsPage } from './aws-client.ts';
import { operationsBeside } from './beside.ts';
import type { ErrorForm } from './error-forms.ts';

/** A call of an AWS API that this server does not have, as far as it shows without a model of that API. */
export interface UnservedCall {
  /** How the caller reads errors. */
  readonly form: ErrorForm;
  /** What is called, as the caller names it: `SWBExternalService.ListInstances`, `DescribeInstances`, `GET /bucket`. */
  readonly target: string;
  /** Signing name of the service, where the call is signed. */
  readonly service?: string | undefined;
}

/** Signing names of the services that speak restXml. All others with HTTP bindings speak restJson1. */
const s3Services = new Set(['s3', 's3express', 's3-object-lambda', 's3-outposts']);
const otherXmlServices = new Set(['cloudfront', 'route53']);
const EC2_VERSION = '2016-11-15';

/**
 * Recognises a call of an AWS API that is not here, by what each protocol has in its headers, its query, its form and the
 * scope of its signature. Ask only about a request that no operation takes.
 *
 * @param services what is served here
 * @returns `undefined` for a call of an API that is here, and for what is no such call: a browser's request, say
 */
export function findUnservedCall(
  request: IncomingRequest,
  services: readonly ServiceSchema[],
): UnservedCall | undefined {
  const service = claimedSignature(request)?.service;
  const rpc = rpcCall(request);
  if (rpc !== undefined) return { ...rpc, service };
  if (services.some(({ signingName }) => signingName === service)) return undefined;
  return service === undefined ? unsignedCall(request, services) : signedCall(request, service);
}

/** A call in one of the protocols that name the operation in a header, or in a path of their own. */
function rpcCall({ method, path, headers }: IncomingRequest): UnservedCall | undefined {
  const contentType = essenceOf(headers['content-type'] ?? '');
  const route = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path);
  if (
    headers['smithy-protocol'] === 'rpc-v2-cbor' ||
    (route !== null && contentType === 'application/cbor')
  ) {
    const target = route === null ? `${method} ${path}` : `${route[1]}.${route[2]}`;
    return { form: 'rpcv2Cbor', target };
  }
  const jsonVersion = /^application\/x-amz-json-(1\.[01])$/.exec(contentType)?.[1];
  const isCbor = contentType === 'application/x-amz-cbor-1.1';
  const isAtRoot = path === '/' && (jsonVersion !== undefined || isCbor);
  const target = headers['x-amz-target'] ?? (isAtRoot ? `${method} ${path}` : undefined);
  if (target === undefined) return undefined;
  if (isCbor) return { form: 'awsCbor1_1', target };
  return { form: jsonVersion === '1.0' ? 'awsJson1_0' : 'awsJson1_1', target };
}

function signedCall(request: IncomingRequest, service: string): UnservedCall | undefined {
  const { method, path } = request;
  const { action, version } = queryActionOf(request);
  // A query of S3 is what its caller likes: a presigned URL may have any members.
  if (action !== undefined && !s3Services.has(service)) return queryCall(action, version, service);
  if (claimedSignature(request)?.isPresigned && wantsPage(request)) return undefined;
  return { form: formOf(request, service), target: `${method} ${path}`, service };
}

/** How a signed call without `Action` reads errors; one of a query protocol has lost its form as too long. */
function formOf(request: IncomingRequest, service: string): ErrorForm {
  if (request.headers['content-type'] !== undefined && isForm(request)) {
    return service === 'ec2' ? 'ec2Query' : 'awsQuery';
  }
  if (otherXmlServices.has(service)) return 'restXml';
  // Other APIs that are signed as S3 is: S3 Outposts in JSON, and S3 Control, which wraps its errors.
  if (!s3Services.has(service) || request.path.startsWith('/S3Outposts/')) return 'restJson1';
  return request.path.startsWith('/v20180820/') ? 'restXml' : 's3';
}

function queryCall(action: string, version: string | undefined, service?: string): UnservedCall {
  const isEc2 = service === 'ec2' || (service === undefined && version === EC2_VERSION);
  const target = version === undefined ? action : `${action} of version ${version}`;
  return { form: isEc2 ? 'ec2Query' : 'awsQuery', target, service };
}

function unsignedCall(
  request: IncomingRequest,
  services: readonly ServiceSchema[],
): UnservedCall | undefined {
  const { method, path, headers } = request;
  const target = `${method} ${path}`;
  const { action, version } = queryActionOf(request);
  // Below the root only the version tells a call from a page's own query: an endpoint may be set with a path.
  const isQuery = action !== undefined && (path === '/' || (version !== undefined && !wantsPage(request)));
  if (isQuery) return isQueryOf(services, version) ? undefined : queryCall(action, version);
  if (path === '/' && method === 'POST') return isJson(request) ? { form: 'restJson1', target } : undefined;
  // Nobody but S3 lets an SDK read without any credentials where the SDK names no operation.
  const isAnonymous = headers.authorization === undefined && headers['x-amz-sso_bearer_token'] === undefined;
  const isSdk = headers['amz-sdk-invocation-id'] !== undefined;
  return isSdk &&
    isAnonymous &&
    !isJson(request) &&
    !services.some((each) => operationsBeside(each, path).length > 0)
    ? { form: 's3', target }
    : undefined;
}

function isQueryOf(services: readonly ServiceSchema[], version: string | undefined): boolean {
  return services.some(
    (service) => service.protocol === 'awsQuery' && (version === undefined || version === service.version),
  );
}

function isJson({ headers }: IncomingRequest): boolean {
  return essenceOf(headers['content-type'] ?? '') === 'application/json';
}
