/**
 * The address that carries an authorization response to the client (RFC 6749 sections 4.1.2 and 4.1.2.1), with the
 * request's `state` and the issuer that answers (RFC 9207). The redirect URI stays as it was sent, byte for byte, and the
 * parameters are appended to its query (section 3.1.2); `URL` would write some of its characters in another way.
 *
 * @param request.redirectUri - an absolute URI without fragment
 * @param answer - `code`, or `error` and `error_description`
 */
export function authorizationResponse(
  issuer: string,
  { redirectUri, state }: { readonly redirectUri: string; readonly state?: string | undefined },
  answer: Readonly<Record<string, string>>,
): string {
  const { error_description: description, ...rest } = answer;
  const parameters = new URLSearchParams({
    ...rest,
    ...(description !== undefined && { error_description: plainDescription(description) }),
    ...(state !== undefined && { state }),
    iss: issuer,
  });
  return `${redirectUri}${separatorAfter(redirectUri)}${parameters}`;
}

/** A description in the characters that an authorization response may have there: no quotation marks or backslashes. */
function plainDescription(description: string): string {
  return description.replaceAll('"', "'").replace(/[^ !#-[\]-~]/gu, '?');
}

/** Only the first `?` begins the query: any other is part of it. */
function separatorAfter(redirectUri: string): string {
  const mark = redirectUri.indexOf('?');
  if (mark === -1) return '?';
  return mark === redirectUri.length - 1 || redirectUri.endsWith('&') ? '' : '&';
}
