import type { WireResponse } from '@latchkey/wire';
import type { IncomingRequest } from './route.ts';
import type { Router } from './router.ts';

/** Request headers of AWS clients, besides those that CORS always allows. */
const REQUEST_HEADERS = [
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'content-type',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-sso_bearer_token',
  'x-amz-user-agent',
].join(', ');
const RESPONSE_HEADERS = 'x-amzn-errortype, x-amzn-requestid, date';
const PREFLIGHT_SECONDS = 600;

/**
 * Lets web pages of other origins call the APIs by CORS (https://fetch.spec.whatwg.org/#http-cors-protocol), never with
 * cookies. The pages of this server stay inaccessible to them.
 *
 * @param allowedOrigins - as browsers send them, or `*` for any
 */
export function withCrossOrigin(
  router: Router,
  answer: (request: IncomingRequest) => Promise<WireResponse>,
  allowedOrigins: readonly string[],
): (request: IncomingRequest) => Promise<WireResponse> {
  if (allowedOrigins.length === 0) return answer;
  const allowed = new Set(allowedOrigins);
  return async (request) => {
    const { origin } = request.headers;
    if (origin === undefined || !(allowed.has(origin) || allowed.has('*'))) return answer(request);
    const wanted = request.headers['access-control-request-method'];
    const isPreflight = request.method === 'OPTIONS' && wanted !== undefined && request.refusal === undefined;
    const method = isPreflight ? wanted : request.method;
    if (!router.isOperation({ ...request, method })) return answer(request);
    const response = isPreflight ? preflight(method) : await answer(request);
    return {
      ...response,
      headers: {
        ...response.headers,
        vary: 'origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': RESPONSE_HEADERS,
      },
    };
  };
}

function preflight(method: string): WireResponse {
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': method,
      'access-control-allow-headers': REQUEST_HEADERS,
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    },
    body: '',
  };
}
