import { isIpAddress } from './host-label.ts';

/** What rules may ask of a URL (`parseURL`). */
export interface UrlParts {
  readonly scheme: string;
  /** Host and port, the latter also where it is the usual one but was given. */
  readonly authority: string;
  /** As it was given: maybe empty. */
  readonly path: string;
  /** With a slash at both ends. */
  readonly normalizedPath: string;
  readonly isIp: boolean;
}

/** Takes a URL apart; undefined when it is none, is not of HTTP, or has a query. */
export function parseUrl(text: string): UrlParts | undefined {
  if (!URL.canParse(text)) return;
  const { protocol, host, hostname, pathname, search } = new URL(text);
  if (search !== '' || (protocol !== 'http:' && protocol !== 'https:')) return;
  const usualPort = protocol === 'http:' ? ':80' : ':443';
  const authority = text.includes(host + usualPort) ? host + usualPort : host;
  return {
    scheme: protocol.slice(0, -1),
    authority,
    path: pathname === '/' && !text.endsWith('/') ? '' : pathname,
    normalizedPath: pathname.endsWith('/') ? pathname : `${pathname}/`,
    isIp: isIpAddress(hostname),
  };
}
