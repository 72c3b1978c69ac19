import type { Endpoint, EndpointAuthScheme } from './endpoint.ts';

/** An endpoint in parts, so that calls need not parse or build URLs. */
export interface Target {
  /** Whether requests are sent over TLS. */
  readonly secure: boolean;
  /** Host, with the port where it is not the default one. */
  readonly host: string;
  /** Prefix of request paths: empty, or with a leading and without a trailing `/`. */
  readonly basePath: string;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly authSchemes: readonly EndpointAuthScheme[] | undefined;
  /** Whether a host prefix can be put before the host: not before an IP address or `localhost`. */
  readonly takesPrefix: boolean;
}

export function targetOf({ url, headers, authSchemes }: Endpoint): Target {
  return { ...addressOf({ url }), headers: headers && lowerCased(headers), authSchemes };
}

/** The parts of a target that its URL says. */
export function addressOf({ url }: Pick<Endpoint, 'url'>): Omit<Target, 'headers' | 'authSchemes'> {
  return {
    secure: url.protocol === 'https:',
    host: url.host,
    basePath: url.pathname.replace(/\/$/, ''),
    takesPrefix: !/^(\[|localhost$|\d+\.\d+\.\d+\.\d+$)/.test(url.hostname),
  };
}

/** The host of one request, with the host prefix of its operation. */
export function hostOf({ host, takesPrefix }: Target, hostPrefix: string | undefined): string {
  // Some rules add the prefix themselves.
  if (hostPrefix === undefined || !takesPrefix || host.startsWith(hostPrefix)) return host;
  return hostPrefix + host;
}

function lowerCased(headers: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values.join(', ')]),
  );
}
