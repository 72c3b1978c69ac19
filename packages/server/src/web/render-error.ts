import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { findLanguage } from './language.ts';
import { layout } from './layout.ts';
import type { PageError } from './page-error.ts';
import { pageResponse } from './page-response.ts';

/** What a page about an error takes from the instance. */
export type PageContext = Pick<Context, 'brand' | 'config' | 'instanceId'>;

/**
 * Renders a page that says what went wrong and what to do, and the id of the request, so that a person can quote it and an
 * operator can find it in the log.
 */
export function renderError(
  { status, explain }: Pick<PageError, 'status' | 'explain'>,
  request: IncomingRequest,
  context: PageContext,
): Promise<WireResponse> {
  const language = findLanguage(request, context);
  const { heading, text } = explain(language.messages);
  const { problems } = language.messages;
  const document = layout({
    brand: context.brand,
    language,
    choices: request.method === 'GET' ? 'all' : 'none',
    title: heading,
    main: html`<h1>${heading}</h1>
<p>${text}</p>
<p><a href="/">${problems.toStartPage}</a></p>
<p class="aside">${problems.report(request.origin.requestId)}</p>`,
  });
  return pageResponse({ status, language, document });
}
