import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions, PeerCertificate } from 'node:tls';

/** Where a PostgreSQL database is, and who asks for it. */
export interface ConnectionTarget {
  /** In the order in which they are tried. */
  readonly hosts: readonly Host[];
  readonly user: string;
  /** A function, so that nothing that prints the target prints the password. @throws {Error} where the URL has none */
  readonly password: () => string;
  readonly database: string;
  /** The TLS that a connection to the host has; `false` for none. */
  readonly tlsTo: (host: Host) => ConnectionOptions | false;
}

export interface Host {
  /** A name, an address, or the folder of a Unix socket. */
  readonly name: string;
  readonly port: number;
}

const DEFAULT_PORT = 5432;
/** A second `@`, or one behind the hosts, may be of a password that isn't encoded: nothing of it may get into a message. */
const SHAPE =
  /^postgres(?:ql)?:\/\/(?:(?<userInfo>[^@/?#]*)@)?(?<hosts>[^/?#@]*)(?:\/(?<database>[^/?#@]*))?(?:\?(?<query>[^#@]*))?$/;
const WANTED = 'postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?sslmode=verify-full';
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
type SslMode = (typeof SSL_MODES)[number];
const PARAMETERS = ['host', 'port', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;

/**
 * Parses a connection URL as libpq has it, with one host or several
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS).
 *
 * Without `sslmode`, connections are encrypted and the server's certificate is checked with its name (`verify-full`), but for
 * hosts on this machine: a Unix socket, a loopback address, `localhost`. Files that parameters name are read here.
 *
 * @throws {Error} which says what is wrong, and never has any part of the URL that may be a password
 */
export function parseConnectionUrl(url: string): ConnectionTarget {
  const parts = SHAPE.exec(url)?.groups;
  if (parts === undefined) throw wrong(`expected ${WANTED}, with a password that is percent-encoded`);
  const parameters = parseParameters(parts['query'] ?? '');
  const [user, password] = (parts['userInfo'] ?? '')
    .split(/:(.*)/s)
    .map((text) => decode(text, 'the user or the password'));
  if (user === undefined || user === '') throw wrong('it names no user');
  const hosts = parseHosts(parts['hosts'] ?? '', parameters);
  return {
    hosts,
    user,
    password() {
      if (password === undefined || password === '')
        throw wrong('the server asks for a password, and it has none');
      return password;
    },
    database: decode(parts['database'] ?? '', 'the database') || user,
    tlsTo: tlsBy(parameters),
  };
}

/** Names a host as in a URL. */
export function renderHost({ name, port }: Host): string {
  return `${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

function parseParameters(query: string): Parameters {
  const parameters: Parameters = {};
  for (const [name, value] of new URLSearchParams(query.replaceAll('+', '%2B'))) {
    const known = PARAMETERS.find((each) => each === name);
    if (known === undefined)
      throw wrong(`the parameter ${JSON.stringify(name)} is not known, expected ${PARAMETERS.join(', ')}`);
    parameters[known] = value;
  }
  return parameters;
}

function parseHosts(list: string, { host, port }: Parameters): readonly Host[] {
  if (list !== '' && host !== undefined) throw wrong('it has hosts, and the parameter host: leave one away');
  const written =
    list === '' ? (host ?? '').split(',') : list.split(',').map((each) => decode(each, 'a host'));
  const ports = (port ?? '').split(',');
  if (ports.length > 1 && ports.length !== written.length)
    throw wrong(`it has ${written.length} hosts and ${ports.length} ports, expected as many`);
  return written.map((each, index) => {
    const given = (ports.length > 1 ? ports[index] : ports[0]) ?? '';
    if (each.startsWith('/')) return { name: each, port: parsePort(given) };
    const [, address, name, own] = /^(?:\[([^\]]+)\]|([^:[\]]*))(?::(\d*))?$/.exec(each) ?? [];
    const found = address ?? name ?? '';
    if (found === '' || (address !== undefined && isIP(address) !== 6)) {
      throw wrong(
        `the host ${JSON.stringify(each)} is none, expected a name, an address ([...] around one of IPv6), or the folder of a socket`,
      );
    }
    return { name: found, port: parsePort(own ?? given) };
  });
}

function parsePort(text: string): number {
  if (text === '') return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw wrong(`the port ${JSON.stringify(text)} is none, expected 1 to 65535`);
  return port;
}

function tlsBy(parameters: Parameters): ConnectionTarget['tlsTo'] {
  const { sslmode, sslrootcert, sslcert, sslkey } = parameters;
  const mode = SSL_MODES.find((each) => each === sslmode);
  if (sslmode !== undefined && mode === undefined) {
    throw wrong(`the sslmode ${JSON.stringify(sslmode)} is not known, expected ${SSL_MODES.join(', ')}`);
  }
  if (mode === 'verify-ca' && sslrootcert === undefined) {
    throw wrong(
      'sslmode=verify-ca without sslrootcert would take any certificate that is for sale: name the authority, or use verify-full',
    );
  }
  if ((sslcert === undefined) !== (sslkey === undefined))
    throw wrong('sslcert and sslkey go together, and it has one');
  const files = {
    ...(sslrootcert !== undefined && { ca: readFile('sslrootcert', sslrootcert) }),
    ...(sslcert !== undefined && { cert: readFile('sslcert', sslcert) }),
    ...(sslkey !== undefined && { key: readFile('sslkey', sslkey) }),
  };
  return (host) => {
    if (host.name.startsWith('/')) return false;
    const checks = checksBy(
      mode ?? (isOnThisMachine(host.name) && sslrootcert === undefined ? 'disable' : 'verify-full'),
      files,
    );
    return checks && { ...files, ...checks };
  };
}

/** As in libpq, `require` checks a certificate where it is told an authority to check it with. */
function checksBy(mode: SslMode, files: { readonly ca?: Buffer }): ConnectionOptions | false {
  if (mode === 'disable') return false;
  if (mode === 'verify-full') return { rejectUnauthorized: true };
  if (mode === 'require' && files.ca === undefined) return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    checkServerIdentity: (_host: string, _certificate: PeerCertificate) => undefined,
  };
}

function isOnThisMachine(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

function readFile(parameter: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw wrong(`the file of ${parameter} cannot be read: ${(error as Error).message}`);
  }
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`${what} has a % that begins no escape: write it as %25`);
  }
}

function wrong(reason: string): Error {
  return new Error(`Cannot use the connection URL of the store: ${reason}`);
}
