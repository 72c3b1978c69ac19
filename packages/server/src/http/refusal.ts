/**
 * What is said of each refusal to clients of the APIs, and where there is no page: what is wrong and what to do, without a full
 * stop. Pages have messages of their own, by the same names.
 */
const messages = {
  noRoom: () => 'Too many requests are in flight: try again',
  plainHttp: () =>
    'Plain HTTP is allowed from trusted proxies and from this machine only: use https, or name the proxy that sent this in trustedProxies',
  unnamedProxy: () =>
    'A proxy on this machine sent this, and is not in trustedProxies: name its address there, or everybody behind it has that address',
  wrongVersion: (version: string) => `HTTP/${version} is not spoken here: use HTTP/1.1`,
  tooManyHeaders: (most: string) => `A request may have at most ${most} headers`,
  repeatedHeader: (name: string) => `The header ${name} came more than once: send one`,
  codingInHttp10: () => 'HTTP/1.0 has no Transfer-Encoding: send Content-Length, or use HTTP/1.1',
  unknownCoding: () => 'The only Transfer-Encoding that is read here is chunked',
  noHost: () => 'A request in HTTP/1.1 needs the header host (RFC 9112 section 3.2)',
  wrongHost: () => 'The header host is not a host with or without a port',
  twoHosts: () => 'The header host and the host of the request target differ: send the same host in both',
};

/** Why a request is answered without being handled. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  readonly code: keyof typeof messages;
  /** What the message names: a version, a number, a header. Empty where it names nothing. */
  readonly value?: string;
  /** When to try again. Absent: trying again does not help */
  readonly retryAfterSeconds?: number;
}

/** @returns what is wrong and what to do, without a full stop */
export function describeRefusal({ code, value = '' }: Refusal): string {
  return messages[code](value);
}
