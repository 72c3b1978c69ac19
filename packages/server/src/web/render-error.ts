import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Brand } from '../branding/brand.ts';
import type { IncomingRequest } from '../http/route.ts';
import { layout } from './layout.ts';
import { securityHeaders } from './security-headers.ts';

/**
 * Renders a page that says what went wrong and what to do, and the id of the request, so that a person can quote it and an
 * operator can find it in the log.
 */
export async function renderError(
  error: { readonly status: number; readonly heading: string; readonly message: string },
  request: IncomingRequest,
  brand: Brand,
): Promise<WireResponse> {
  const document = await layout({
    brand,
    offersThemes: request.method === 'GET',
    title: error.heading,
    main: html`<h1>${error.heading}</h1>
<p>${error.message}</p>
<p><a href="/">Go to the start page</a></p>
<p class="aside">If it happens again, tell whoever runs this service. It helps them to know the request:
<code>${request.origin.requestId}</code></p>`,
  });
  return {
    status: error.status,
    headers: { ...securityHeaders(), 'content-type': 'text/html; charset=utf-8' },
    body: document.toString(),
  };
}
