import { domainToUnicode } from 'node:url';
import { isForeignRedirect } from '../grants/redirect-host.ts';
import { isLoopbackRedirect } from '../grants/redirect-uri.ts';

/** Where a redirect URI leads, as it is shown to a person. */
export interface Destination {
  /** Host and port, or the scheme of an app. A host of other letters than ASCII is in its ASCII form (`xn--…`). */
  readonly name: string;
  /** The host in its own letters, where they are not ASCII (RFC 5890). */
  readonly ownLetters?: string;
  /** `here`: a program on the browser's own computer. `app`: a program there that has a URL scheme of its own. */
  readonly place: 'here' | 'app' | 'elsewhere';
}

/** @param redirectUri an absolute URI */
export function parseDestination(redirectUri: string): Destination {
  const { protocol, host, hostname } = new URL(redirectUri);
  if (isLoopbackRedirect(redirectUri)) return { name: host, place: 'here' };
  if (!isForeignRedirect(redirectUri)) return { name: protocol.slice(0, -1), place: 'app' };
  const unicode = domainToUnicode(hostname);
  return {
    name: host,
    place: 'elsewhere',
    ...(unicode !== '' && unicode !== hostname && { ownLetters: unicode }),
  };
}
