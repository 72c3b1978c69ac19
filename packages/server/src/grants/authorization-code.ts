import type { Context, Origin } from '../context.ts';
import type { SignInSession } from '../people/sign-in.ts';

/** A valid request to `/authorize`, whose client and redirect URI have been checked. */
export interface AuthorizationRequest {
  readonly clientName: string;
  readonly scopes: readonly string[];
  /** Registered, loopback port as in this request. */
  readonly redirectUri: string;
  readonly state?: string;
}

export type ParseAuthorizationRequestResult =
  | { readonly kind: 'valid'; readonly request: AuthorizationRequest }
  /** The client or redirect URI is not to be trusted: show an error page, never redirect (RFC 6749 section 4.1.2.1). */
  | { readonly kind: 'invalid'; readonly message: string }
  /** Tell the client: redirect here, with `error` and `state` in the query. */
  | { readonly kind: 'refused'; readonly location: string };

/** Reads and checks the query of `/authorize` (RFC 6749 section 4.1.1, RFC 7636, and the AWS CLI's `scopes`). */
export declare function parseAuthorizationRequest(
  context: Context,
  query: string,
): ParseAuthorizationRequestResult;

/** @returns where to send the browser: the redirect URI with `code`, `state` and `iss` */
export declare function allowAuthorization(
  context: Context,
  consent: {
    readonly request: AuthorizationRequest;
    readonly session: SignInSession;
    readonly origin: Origin;
  },
): Promise<string>;

/** @returns where to send the browser: the redirect URI with `error=access_denied` */
export declare function denyAuthorization(
  context: Context,
  refusal: {
    readonly request: AuthorizationRequest;
    readonly session: SignInSession;
    readonly origin: Origin;
  },
): Promise<string>;
