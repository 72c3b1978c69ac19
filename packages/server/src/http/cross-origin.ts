import type { WireResponse } from '@latchkey/wire';
import type { IncomingRequest, ServedResponse } from './route.ts';
import type { Router } from './router.ts';

/** Request headers of AWS clients, besides those that CORS always allows. */
const REQUEST_HEADERS = [
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'content-type',
  'smithy-protocol',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-sso_bearer_token',
  'x-amz-target',
  'x-amz-user-agent',
  'x-amzn-query-mode',
];
/** All names that AWS's protocols make of: a call of an API that is not here is to get the answer that says so. */
const AWS_HEADER = /^(?:smithy-protocol|(?:amz-sdk|x-amzn?)-[\w-]{1,64})$/;
const RESPONSE_HEADERS =
  'x-amzn-errortype, x-amzn-query-error, x-amzn-requestid, smithy-protocol, retry-after, date';
const PREFLIGHT_SECONDS = 600;

/**
 * Lets web pages of other origins call the APIs by CORS (https://fetch.spec.whatwg.org/#http-cors-protocol), never with
 * cookies. The pages of this server stay inaccessible to them.
 *
 * @param allowedOrigins - as browsers send them, or `*` for any
 */
export function withCrossOrigin(
  router: Router,
  answer: (request: IncomingRequest) => Promise<ServedResponse>,
  allowedOrigins: readonly string[],
): (request: IncomingRequest) => Promise<ServedResponse> {
  if (allowedOrigins.length === 0) return answer;
  const allowed = new Set(allowedOrigins);
  return async (request) => {
    const { origin } = request.headers;
    if (origin === undefined || !(allowed.has(origin) || allowed.has('*'))) return answer(request);
    const wanted = request.headers['access-control-request-method'];
    const isPreflight = request.method === 'OPTIONS' && wanted !== undefined && request.refusal === undefined;
    const method = isPreflight ? wanted : request.method;
    // The preflight of a call names its headers alone, by which a call of an API that is not here is known.
    const isCall =
      router.isOperation({ ...request, method }) || (isPreflight && awsHeadersOf(request).length > 0);
    if (!isCall) return answer(request);
    const response = isPreflight ? preflight(request, method) : await answer(request);
    return {
      ...response,
      headers: {
        ...response.headers,
        vary: isPreflight ? 'origin, access-control-request-headers' : 'origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': RESPONSE_HEADERS,
      },
    };
  };
}

function preflight(request: IncomingRequest, method: string): WireResponse {
  const allowed = new Set([...REQUEST_HEADERS, ...awsHeadersOf(request)]);
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': method,
      'access-control-allow-headers': [...allowed].join(', '),
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    },
    body: '',
  };
}

/** The headers of AWS's protocols that the call after a preflight is going to have. */
function awsHeadersOf({ headers }: IncomingRequest): string[] {
  const asked = (headers['access-control-request-headers'] ?? '').toLowerCase().split(/[\s,]+/);
  return asked.filter((name) => AWS_HEADER.test(name));
}
