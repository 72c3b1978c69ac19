import { SsoError } from '../generated/sso.ts';
import type { Loss } from '../http/api.ts';
import type { IncomingRequest } from '../http/route.ts';

const HEADER = 'x-amz-sso_bearer_token';

/** Every client sends the header, and proxies drop it for its underscore: nginx does by default. */
export function findLostToken({ headers }: IncomingRequest): Loss | undefined {
  if (headers[HEADER] !== undefined) return undefined;
  const advice = `a portal call arrived without the header ${HEADER}: does a proxy drop headers with underscores? (nginx does, unless underscores_in_headers is on)`;
  const message = `Session token not found or invalid: the header ${HEADER} is missing. Does a proxy drop headers with underscores?`;
  return { error: new SsoError('UnauthorizedException', { message }), advice };
}
