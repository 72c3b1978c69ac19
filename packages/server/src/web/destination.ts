import { isLoopbackRedirect } from '../grants/redirect-uri.ts';

/** Where a redirect URI leads, as a person would put it. */
export interface Destination {
  /** Host and port, or the scheme of an app. */
  readonly name: string;
  /** `here`: a program on the computer that the browser runs on. `app`: one that claims a URL scheme there. */
  readonly place: 'here' | 'app' | 'elsewhere';
}

/** @param redirectUri an absolute URI */
export function parseDestination(redirectUri: string): Destination {
  const { protocol, host } = new URL(redirectUri);
  if (protocol !== 'https:' && protocol !== 'http:') return { name: protocol.slice(0, -1), place: 'app' };
  return { name: host, place: isLoopbackRedirect(redirectUri) ? 'here' : 'elsewhere' };
}
