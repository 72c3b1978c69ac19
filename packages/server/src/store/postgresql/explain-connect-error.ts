import type { ConnectionTarget } from './connection-url.ts';
import { type HostFailure, UnreachableError } from './connections.ts';
import { StoreError } from './store-error.ts';

/** What to do, by SQLSTATE, or by the code that Node gives errors of sockets and of TLS. */
const advice: Readonly<Record<string, (target: ConnectionTarget) => string>> = {
  '28P01': ({ user }) =>
    `the password of the user "${user}" is wrong, or there is no such user. Put the right one into the connection URL, percent-encoded`,
  '28000': ({ user, database }) =>
    `the server does not let the user "${user}" in: it needs to exist, have LOGIN, and a line of pg_hba.conf for the database "${database}", this machine, and TLS`,
  '3D000': ({ database }) =>
    `there is no database "${database}": create it (CREATE DATABASE), or name another in the connection URL`,
  '42501': ({ user, database }) =>
    `the user "${user}" may not connect to the database "${database}": GRANT CONNECT ON DATABASE`,
  '53300': () =>
    'it has no connection left: raise max_connections, or end others. A server of Latchkey takes up to 8',
  '57P03': () => 'it is starting or stopping: try again in a while',
  '25006': () => 'it is a standby, which only reads: name the primary, or all hosts with commas between them',
  ECONNREFUSED: () =>
    'nothing listens there: start PostgreSQL, or correct host and port in the connection URL',
  ENOENT: () =>
    'there is no such socket: start PostgreSQL, or correct the folder and port in the connection URL',
  ENOTFOUND: () => 'no such host name: correct the host in the connection URL',
  EAI_AGAIN: () =>
    'the host name could not be looked up: try again, or correct the host in the connection URL',
  ETIMEDOUT: () => 'no answer: look whether a firewall is between',
  EHOSTUNREACH: () => 'there is no way to that address: look at the network',
  ENETUNREACH: () => 'there is no way to that address: look at the network',
  ERR_TLS_CERT_ALTNAME_INVALID: () =>
    'its certificate is for another name. Use the name that the certificate has, or let PostgreSQL have one for this name',
  CERT_HAS_EXPIRED: () => 'its certificate has expired: renew it',
  DEPTH_ZERO_SELF_SIGNED_CERT: () => UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: () => UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: () => UNKNOWN_AUTHORITY,
};

const UNKNOWN_AUTHORITY =
  'nothing vouches for its certificate. Name the file of the authority that issued it: sslrootcert=FILE in the connection URL';

/** What to do, by words of `pg` for errors that have no code. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [
    /does not support SSL/,
    'it speaks no TLS. Turn ssl on in postgresql.conf; where nobody else can listen in, sslmode=disable in the connection URL goes without',
  ],
  [
    /hands on sessions/,
    'a pooler between hands on sessions that others have used, with their settings: have it in session mode (PgBouncer: pool_mode = session, server_reset_query = DISCARD ALL), or connect without it',
  ],
  [/timeout|timed out/i, 'no answer within 5 seconds: look whether a firewall is between'],
  [
    /terminated unexpectedly|ECONNRESET/,
    'it ended the connection: look whether PostgreSQL is at that port, and into its log',
  ],
];

/** @returns why nobody could be reached, host by host, and what to do; the error itself where it is another */
export function explainConnectError(error: unknown, target: ConnectionTarget): unknown {
  if (!(error instanceof UnreachableError)) return error;
  const hosts = error.failures.map((failure) => `${failure.host}: ${explain(failure, target)}`);
  const why = hosts.length === 1 ? `PostgreSQL at ${hosts[0]}` : `PostgreSQL at\n  ${hosts.join('\n  ')}`;
  return new StoreError(`The store cannot be reached. ${why}`, { cause: error });
}

function explain({ error }: HostFailure, target: ConnectionTarget): string {
  for (const code of codesOf(error)) {
    const known = advice[code]?.(target);
    if (known !== undefined) return known;
  }
  return wordings.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message;
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const { code, sqlState } = error as { readonly code?: string; readonly sqlState?: string };
  const inside = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...[code, sqlState].filter((each) => each !== undefined), ...codesOf(error.cause), ...inside];
}
