import { isLoopbackRedirect } from '../grants/redirect-uri.ts';

/** Where a redirect URI leads, as it is shown to a person. */
export interface Destination {
  /** Host and port, or the scheme of an app. */
  readonly name: string;
  /** `here`: a program on the browser's own computer. `app`: a program there that has a URL scheme of its own. */
  readonly place: 'here' | 'app' | 'elsewhere';
}

/** @param redirectUri an absolute URI */
export function parseDestination(redirectUri: string): Destination {
  const { protocol, host } = new URL(redirectUri);
  if (protocol !== 'https:' && protocol !== 'http:') return { name: protocol.slice(0, -1), place: 'app' };
  return { name: host, place: isLoopbackRedirect(redirectUri) ? 'here' : 'elsewhere' };
}
