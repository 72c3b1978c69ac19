import { isIpAddress } from './host-label.ts';

/** Parts of a URL that endpoint rules can refer to (`parseURL`). */
export interface UrlParts {
  readonly scheme: string;
  /** Host and port, as given: a default port stays. */
  readonly authority: string;
  /** Path as given; may be empty. */
  readonly path: string;
  /** Path with a slash at both ends. */
  readonly normalizedPath: string;
  readonly isIp: boolean;
}

/** Splits a URL into parts. @returns undefined when it is no URL, is not `http:` or `https:`, or has a query */
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
