import { isIPv6 } from 'node:net';
import { isLoopbackRedirect } from './redirect-uri.ts';

/** UTF-16 units of what a person types as a host. Names in DNS have 253 characters. */
const MAX_TYPED_LENGTH = 1024;

/** Characters that do not show, spaces included, but for the joiners that some scripts need in host names. */
const invisible = /(?![\u200c\u200d])[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const joiners = /[\u200c\u200d]/g;

/** `missing` and `noHost` are slips; `wrong` is a host, but another one. */
export type CheckRedirectHostResult = 'right' | 'wrong' | 'missing' | 'noHost';

/**
 * Whether the authorization response goes to another computer: neither to a program on the browser's own, by a loopback
 * address, nor to an app there, by a private-use scheme (RFC 8252 section 7).
 *
 * @param redirectUri - an absolute URI
 */
export function isForeignRedirect(redirectUri: string): boolean {
  const { protocol } = new URL(redirectUri);
  return (protocol === 'https:' || protocol === 'http:') && !isLoopbackRedirect(redirectUri);
}

/**
 * Checks what a person typed as the host of a redirect URI. Read as browsers read hosts: any case and width, letters of any
 * alphabet or their ASCII form (`xn--…`), with or without the dot at the end. The port, and `https://`, may be there.
 */
export function checkRedirectHost(redirectUri: string, typed: string): CheckRedirectHostResult {
  const host = typed
    .slice(0, MAX_TYPED_LENGTH)
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(/\p{Dash}/gu, '-')
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '');
  const withoutJoiners = host.replace(joiners, '');
  if (withoutJoiners === '') return 'missing';
  const given = [host, withoutJoiners].map(parseHost).filter((url) => url !== undefined);
  if (given.length === 0) return 'noHost';
  return given.some((url) => isHostOf(new URL(redirectUri), url)) ? 'right' : 'wrong';
}

function parseHost(host: string): URL | undefined {
  const url = `https://${isIPv6(host) ? `[${host}]` : host}`;
  return /[/?#@%\\]/.test(host) || !URL.canParse(url) ? undefined : new URL(url);
}

function isHostOf(wanted: URL, given: URL): boolean {
  return (
    withoutFinalDot(given.hostname) === withoutFinalDot(wanted.hostname) &&
    (given.port === '' || given.port === wanted.port)
  );
}

function withoutFinalDot(hostname: string): string {
  return hostname.replace(/\.$/, '');
}
