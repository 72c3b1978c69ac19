/** What the sections of an instance are called in a shared config file. */
export interface SectionNames {
  /** Of the `sso-session` section. */
  readonly session: string;
  /** Of the `services` section. */
  readonly services: string;
  /** What the name of every profile ends in, e.g. `@sso.example.com`; may be empty. */
  readonly profileSuffix: string;
}

/**
 * Names that no other instance has, so that one file can hold the sections of several: the host, and the port unless it
 * is that of https. The instance that everybody begins with, on localhost and port 8484, has the short names.
 *
 * @param baseUrl an origin, e.g. `https://sso.example.com`
 */
export function defaultSectionNames(baseUrl: string): SectionNames {
  const host = hostAndPort(baseUrl);
  if (host === 'localhost:8484') return { session: 'latchkey', services: 'latchkey', profileSuffix: '' };
  return { session: host, services: host, profileSuffix: `@${host}` };
}

function hostAndPort(baseUrl: string): string {
  const { protocol, hostname, port } = new URL(baseUrl);
  // A host that is called `latchkey` keeps its port, as the short name is taken.
  const httpsPort = hostname === 'latchkey' ? '443' : '';
  const shownPort = port || (protocol === 'https:' ? httpsPort : '80');
  return [nameOf(hostname), shownPort].filter((part) => part !== '').join(':');
}

/** The host in characters that every AWS client takes in the name of a section. */
function nameOf(hostname: string): string {
  const address = /^\[(.*)\]$/.exec(hostname)?.[1];
  if (address !== undefined) return `ipv6-${address.replaceAll(':', '-')}`;
  // No DNS name has such characters, but a URL may.
  return hostname.replace(/[^a-z0-9._-]/g, (character) => `+${character.charCodeAt(0).toString(16)}`);
}
