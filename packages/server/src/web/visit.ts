import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { IncomingRequest, ServedResponse } from '../http/route.ts';
import { noteUse } from '../people/session-use.ts';
import { passkeyScript } from './assets.ts';
import { formToken } from './csrf.ts';
import type { Html } from './html.ts';
import { findLanguage } from './language.ts';
import { layout } from './layout.ts';
import type { Language } from './messages/languages.ts';
import { renderNews } from './news.ts';
import { PageError } from './page-error.ts';
import { pageResponse } from './page-response.ts';
import { renderError } from './render-error.ts';
import { securityHeaders } from './security-headers.ts';
import { findSignedIn, replaceSessionCookie, type SignedIn } from './session-cookie.ts';

/** A request for a page, the language that it is answered in, and the person who is signed in. */
export interface Visit {
  readonly request: IncomingRequest;
  readonly context: Context;
  readonly language: Language;
  readonly signedIn?: SignedIn;
}

/** A page as a handler describes it. */
interface Page {
  readonly title: string;
  readonly main: Html;
  /** HTTP status. Default 200. */
  readonly status?: number;
  readonly width?: 'wide';
  /** `Set-Cookie` headers. */
  readonly cookies?: readonly string[];
  /** Whether the page can use passkeys, by its script. */
  readonly usesPasskeys?: boolean;
  /** Redirect URI that a form on the page may lead to; see `securityHeaders`. */
  readonly formRedirectUri?: string;
  /** URL that the browser goes on to at once (the header `Refresh`). */
  readonly refreshTo?: string;
  /** Value of the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/**
 * How far the policy is asked before a person who is signed in uses a page. `none`: what leads in and out, and ends something.
 * `network`: where people set up what the policy demands.
 */
export type PolicyLevel = 'none' | 'network' | 'all';

export type VisitHandler = (visit: Visit) => ServedResponse | Promise<ServedResponse>;

/**
 * Finds the sign-in session, and calls the handler; a `PageError` is answered with its page. A session cookie with an earlier
 * name is replaced, but not in the response to a form, as another site may have sent the form.
 */
export async function receiveVisit(
  handle: VisitHandler,
  request: IncomingRequest,
  context: Context,
): Promise<ServedResponse> {
  try {
    const signedIn = await findSignedIn(request, context);
    if (signedIn !== undefined) noteUse(context, 'browser', signedIn.session, request.origin);
    const language = findLanguage(request, context);
    const response = await handle({ request, context, language, ...(signedIn && { signedIn }) });
    const isForm = request.method === 'POST';
    return signedIn === undefined || isForm
      ? response
      : withCookies(response, replaceSessionCookie(context, signedIn));
  } catch (error) {
    if (error instanceof PageError) return renderError(error, request, context);
    throw error;
  }
}

function withCookies(response: ServedResponse, cookies: readonly string[]): ServedResponse {
  if (cookies.length === 0) return response;
  const set = [response.headers['set-cookie'] ?? []].flat();
  return { ...response, headers: { ...response.headers, 'set-cookie': [...set, ...cookies] } };
}

/** Renders a page, with the person's name and a button “Sign out” in its header where somebody is signed in. */
export async function renderPage(visit: Visit, page: Page): Promise<WireResponse> {
  const { request, context, language, signedIn } = visit;
  const news = signedIn && (await renderNews(context, language, signedIn));
  const script = page.usesPasskeys ? passkeyScript : undefined;
  const document = layout({
    ...page,
    ...(news && { news }),
    script: script && { ...script, beforePaint: true },
    brand: context.brand,
    language,
    choices: request.method === 'GET' ? 'all' : 'none',
    ...(signedIn && {
      viewer: {
        displayName: signedIn.session.user.displayName,
        signOutToken: formToken(context, { form: 'sign-out', secret: signedIn.token }),
      },
    }),
  });
  return pageResponse({
    status: page.status ?? 200,
    language,
    document,
    formRedirectUri: page.formRedirectUri,
    script: script && {
      // A source of the policy has no query.
      url: new URL(`/assets/${script.name}`, context.config.baseUrl).href,
      integrity: script.integrity,
    },
    headers: {
      ...(page.cookies !== undefined && page.cookies.length > 0 && { 'set-cookie': page.cookies }),
      ...(page.refreshTo !== undefined && { refresh: `0;url=${page.refreshTo}` }),
      ...(page.retryAfterSeconds !== undefined && { 'retry-after': String(page.retryAfterSeconds) }),
    },
  });
}

/** Redirects the browser to another page, which it asks for by GET (status 303; RFC 9700 section 4.12). */
export function seeOther(location: string, cookies?: readonly string[]): WireResponse {
  return {
    status: 303,
    headers: { ...securityHeaders(), location, ...(cookies && { 'set-cookie': cookies }) },
    body: '',
  };
}

/**
 * Redirects a person who is not signed in to the sign-in page, which leads back here.
 *
 * @param returnTo - path and query of one of our own pages
 */
export function signInFirst(returnTo: string): WireResponse {
  return seeOther(`/sign-in?to=${encodeURIComponent(returnTo)}`);
}
