import { GrantError } from './grant-error.ts';

const LOOPBACK_HOSTS = ['127.0.0.1', '[::1]', 'localhost'];

/** Host names that a Content-Security-Policy takes without escaping. */
const plainHost = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/;

/**
 * Checks a redirect URI that a client wants to register: `https`, plain `http` on loopback (RFC 8252 section 7.3), or a
 * private-use scheme with a dot in it (section 7.1); absolute and without fragment (RFC 6749 section 3.1.2).
 *
 * @throws {GrantError} `invalid_redirect_uri`
 */
export function checkRedirectUri(redirectUri: string): void {
  const problem = problemOf(redirectUri);
  if (problem !== undefined) {
    throw new GrantError(
      'invalid_redirect_uri',
      `The redirect URI "${redirectUri}" cannot be registered: ${problem}`,
    );
  }
}

function problemOf(redirectUri: string): string | undefined {
  if (/[^!-~]/.test(redirectUri)) return 'it has a character that must be percent-encoded';
  if (!URL.canParse(redirectUri)) return 'it is not an absolute URI';
  // Browsers read these as they like: relative to our own host, or with a slash in place of a backslash.
  if (/^https?:(?!\/\/[^/\\?])/i.test(redirectUri)) return 'its scheme is not followed by // and a host';
  if (/^https?:\/\/[^/?]*\\/i.test(redirectUri)) return 'it has a backslash in its host';
  const { protocol, hostname, username, password } = new URL(redirectUri);
  if (redirectUri.includes('#')) return 'it has a fragment';
  if (username !== '' || password !== '') return 'it has a user name or password';
  if (protocol === 'https:') {
    return plainHost.test(hostname) ? undefined : `its host is not made of letters, digits, dots and dashes`;
  }
  if (protocol === 'http:') {
    return isLoopbackRedirect(redirectUri)
      ? undefined
      : 'plain http is for 127.0.0.1, [::1] and localhost only';
  }
  return protocol.includes('.')
    ? undefined
    : 'the scheme must be https, http on loopback, or one with a dot in it';
}

/**
 * Whether a program on the browser's own machine answers at this redirect URI: `http` or `https` on 127.0.0.1, [::1] or
 * localhost, as browsers read hosts. After a private-use scheme the host has no meaning: the app decides.
 */
export function isLoopbackRedirect(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  return (protocol === 'http:' || protocol === 'https:') && LOOPBACK_HOSTS.includes(hostname);
}

/**
 * Whether a redirect URI is one of those registered: the same to the letter, but for the port where both are plain http
 * on the same loopback host (RFC 8252 section 7.3). One that could not be registered today is none of them.
 */
export function isRegisteredRedirectUri(redirectUri: string, registered: readonly string[]): boolean {
  if (problemOf(redirectUri) !== undefined) return false;
  return registered.some(
    (known) => known === redirectUri || withoutLoopbackPort(known) === withoutLoopbackPort(redirectUri),
  );
}

function withoutLoopbackPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?(?=[/?]|$)/, '$1');
}
