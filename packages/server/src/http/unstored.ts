import type { WireResponse } from '@latchkey/wire';

/** An answer of an API: it may hold tokens or credentials, which no cache may keep (RFC 6749 section 5.1). */
export function unstored(response: WireResponse): WireResponse {
  const headers = { ...response.headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return { ...response, headers };
}
