import type { WireResponse } from '@latchkey/wire';
import type { StoreUnavailable } from '../store/store-unavailable.ts';

/** An answer while the store cannot be reached: 503, and when to ask again (RFC 9110 sections 10.2.3 and 15.6.4). */
export function unavailable(
  response: WireResponse,
  { retryAfterSeconds }: Pick<StoreUnavailable, 'retryAfterSeconds'>,
): WireResponse {
  const headers = { ...response.headers, 'retry-after': String(retryAfterSeconds) };
  return { ...response, status: 503, headers };
}
