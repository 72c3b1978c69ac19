/**
 * The address that carries an authorization response to the client (RFC 6749 sections 4.1.2 and 4.1.2.1), with the
 * request's `state` and the issuer that answers (RFC 9207).
 *
 * @param answer - `code`, or `error` and `error_description`
 */
export function authorizationResponse(
  issuer: string,
  { redirectUri, state }: { readonly redirectUri: string; readonly state?: string | undefined },
  answer: Readonly<Record<string, string>>,
): string {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) location.searchParams.append(name, value);
  if (state !== undefined) location.searchParams.append('state', state);
  location.searchParams.append('iss', issuer);
  return location.href;
}
