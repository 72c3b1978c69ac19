import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireResponse } from '@latchkey/wire';
import { type ConnectionBounds, listen } from '../http/listen.ts';
import type { IncomingRequest } from '../http/route.ts';
import { isLoopback } from '../net/loopback.ts';
import type { RunningServer } from '../server.ts';
import { makeConstrainedCertificate } from './constrained-certificate.ts';
import { awsHostNames, hostNameOf } from './host-names.ts';

/** AWS's own host names, answered over https by a listener beside the server's own. `await using` closes it. */
export interface PrivateNames extends AsyncDisposable {
  readonly hosts: readonly string[];
  /** Address and port of the listener. Clients call port 443. */
  readonly address: string;
  readonly port: number;
  /** Environment variables for the programs that are to call these names, and for no others. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Answers AWS's own host names on the address where the server listens, with a certificate made for this run. No private key is
 * ever written.
 *
 * @param port - 0: any free port
 * @throws {RangeError} when others than programs of this machine reach that address
 * @throws when the port is taken, or this user may not listen on it
 */
export async function startPrivateNames(
  { context, handle }: Pick<RunningServer, 'context' | 'handle'>,
  port: number,
  connectionBounds: Partial<ConnectionBounds> = {},
): Promise<PrivateNames> {
  const { now } = context;
  const {
    instance,
    listen: { host },
  } = context.config;
  if (!isLoopback(host)) throw new RangeError(`Private names are answered on loopback, not on ${host}`);
  await using started = new AsyncDisposableStack();
  const hosts = awsHostNames(instance.region);
  const { authority, certificate, key } = makeConstrainedCertificate(hosts, now());
  const listener = await listen(
    { listen: { host, port }, tls: { cert: certificate, key }, trustedProxies: [] },
    now,
    async (request) =>
      hosts.includes(hostNameOf(request.headers['host'])) ? handle(request) : misdirected(request),
    connectionBounds,
  );
  started.defer(() => listener.close());
  const folder = started.adopt(makeReadableFolder(), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const authorityFile = join(folder, 'ca.pem');
  writeFileSync(authorityFile, authority, { mode: 0o644 });
  const running = started.move();
  return {
    hosts,
    address: host === 'localhost' ? '127.0.0.1' : host,
    port: listener.port,
    env: environmentOf(authorityFile),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/**
 * The certificate to trust, as AWS's clients, Go and OpenSSL, and Node call it; and STS of the region, as old SDKs prefer
 * `sts.amazonaws.com`.
 *
 * @param authorityFile - PEM file with the certificate of the authority; closing removes it
 */
function environmentOf(authorityFile: string): Readonly<Record<string, string>> {
  return {
    AWS_CA_BUNDLE: authorityFile,
    SSL_CERT_FILE: authorityFile,
    NODE_EXTRA_CA_CERTS: authorityFile,
    AWS_STS_REGIONAL_ENDPOINTS: 'regional',
  };
}

/** Outside the data folder, where programs of other users could not read. */
function makeReadableFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-private-names-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** 421: the connection is not for this host (RFC 9110 section 15.5.20). */
function misdirected({ headers }: IncomingRequest): WireResponse {
  return {
    status: 421,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: `Only AWS's own host names are answered here, not ${headers['host'] ?? 'a request without Host'}\n`,
  };
}
