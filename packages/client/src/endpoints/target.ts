import type { Endpoint, EndpointAuthScheme } from './endpoint.ts';

/** An endpoint taken apart once, so that no URL is read or written for each call. */
export interface Target {
  /** Whether it goes over TLS. */
  readonly secure: boolean;
  /** With the port, where it is not the usual one. */
  readonly host: string;
  /** What comes before the path of a request; empty, or begins with `/` and does not end so. */
  readonly basePath: string;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly authSchemes: readonly EndpointAuthScheme[] | undefined;
  /** Whether a name can stand before the host. */
  readonly takesPrefix: boolean;
}

export function targetOf({ url, headers, authSchemes }: Endpoint): Target {
  return {
    secure: url.protocol === 'https:',
    host: url.host,
    basePath: url.pathname.replace(/\/$/, ''),
    headers: headers && lowerCased(headers),
    authSchemes,
    takesPrefix: !/^(\[|localhost$|\d+\.\d+\.\d+\.\d+$)/.test(url.hostname),
  };
}

/** @returns the host of one request, whose operation may put something before it */
export function hostOf({ host, takesPrefix }: Target, hostPrefix: string | undefined): string {
  // Some rules put it there by themselves.
  if (hostPrefix === undefined || !takesPrefix || host.startsWith(hostPrefix)) return host;
  return hostPrefix + host;
}

function lowerCased(headers: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(', ')]),
  );
}
