import type { WireResponse } from '@latchkey/wire';
import type { Html } from './html.ts';
import type { Language } from './messages/languages.ts';
import { type PagePolicy, securityHeaders } from './security-headers.ts';

interface PageParts extends PagePolicy {
  readonly status: number;
  readonly language: Language;
  readonly document: Html;
  /** Further headers. */
  readonly headers?: WireResponse['headers'];
}

/** The response with a page for people, which says its language and what that follows from (RFC 9110 sections 8.5 and 12.5.5). */
export async function pageResponse({
  status,
  language,
  document,
  headers,
  ...policy
}: PageParts): Promise<WireResponse> {
  return {
    status,
    headers: {
      ...securityHeaders(policy),
      'content-type': 'text/html; charset=utf-8',
      'content-language': language.tag,
      vary: 'accept-language, cookie',
      ...headers,
    },
    body: (await document).toString(),
  };
}
