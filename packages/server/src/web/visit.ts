import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { formToken } from './csrf.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { PageError } from './page-error.ts';
import { renderError } from './render-error.ts';
import { securityHeaders } from './security-headers.ts';
import { findSignedIn, replaceSessionCookie, type SignedIn } from './session-cookie.ts';

/** A request for a page, and who makes it. */
export interface Visit {
  readonly request: IncomingRequest;
  readonly context: Context;
  readonly signedIn?: SignedIn;
}

/** A page as its handler describes it. */
interface Page {
  readonly title: string;
  readonly main: Html;
  /** Default 200. */
  readonly status?: number;
  readonly width?: 'wide';
  /** `Set-Cookie` headers. */
  readonly cookies?: readonly string[];
  /** See `securityHeaders`. */
  readonly formRedirectUri?: string;
  /** Where the browser goes on to by itself, at once. */
  readonly refreshTo?: string;
  /** Adds `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

export type VisitHandler = (visit: Visit) => WireResponse | Promise<WireResponse>;

/**
 * Finds out who visits, and has the page answered; a `PageError` becomes a page of its own. A session cookie of an earlier
 * name gets that of today, but not in answer to a form, which another site may have sent.
 */
export async function receiveVisit(
  handle: VisitHandler,
  request: IncomingRequest,
  context: Context,
): Promise<WireResponse> {
  try {
    const signedIn = await findSignedIn(request, context);
    const response = await handle({ request, context, ...(signedIn && { signedIn }) });
    const isForm = request.method === 'POST';
    return signedIn === undefined || isForm
      ? response
      : withCookies(response, replaceSessionCookie(context, signedIn));
  } catch (error) {
    if (error instanceof PageError) return renderError(error, request.origin.requestId);
    throw error;
  }
}

function withCookies(response: WireResponse, cookies: readonly string[]): WireResponse {
  if (cookies.length === 0) return response;
  const set = [response.headers['set-cookie'] ?? []].flat();
  return { ...response, headers: { ...response.headers, 'set-cookie': [...set, ...cookies] } };
}

/** Renders a page around which the person sees their own name and a way to sign out. */
export async function renderPage({ context, signedIn }: Visit, page: Page): Promise<WireResponse> {
  const document = await layout({
    ...page,
    ...(signedIn && {
      viewer: {
        displayName: signedIn.session.user.displayName,
        signOutToken: formToken(context, { form: 'sign-out', secret: signedIn.token }),
      },
    }),
  });
  return {
    status: page.status ?? 200,
    headers: {
      ...securityHeaders(page.formRedirectUri),
      'content-type': 'text/html; charset=utf-8',
      ...(page.cookies !== undefined && page.cookies.length > 0 && { 'set-cookie': page.cookies }),
      ...(page.refreshTo !== undefined && { refresh: `0;url=${page.refreshTo}` }),
      ...(page.retryAfterSeconds !== undefined && { 'retry-after': String(page.retryAfterSeconds) }),
    },
    body: document.toString(),
  };
}

/** Sends the browser to another page, with GET whatever this request's method was (RFC 9700 section 4.12). */
export function seeOther(location: string, cookies?: readonly string[]): WireResponse {
  return {
    status: 303,
    headers: { ...securityHeaders(), location, ...(cookies && { 'set-cookie': cookies }) },
    body: '',
  };
}

/**
 * Sends someone who is not signed in to the sign-in page, and from there back.
 *
 * @param returnTo one of our own pages
 */
export function signInFirst(returnTo: string): WireResponse {
  return seeOther(`/sign-in?to=${encodeURIComponent(returnTo)}`);
}
