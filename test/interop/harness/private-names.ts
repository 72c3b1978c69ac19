import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Latchkey } from 'latchkey/testing';
import { makeCertificate } from './certificate.ts';

/**
 * Leads AWS's own host names to an instance, as a private DNS and a certificate for these names would: an HTTPS proxy
 * that ends the TLS of every tunnel itself. It needs no change of the machine, but a client that goes through proxies.
 */
export class PrivateNames implements AsyncDisposable {
  /** For child processes: the proxy, and the root certificate by the names of OpenSSL, Go, Python and the AWS SDKs. */
  readonly env: Readonly<Record<string, string>>;
  /** Every host name that a client has asked for. */
  readonly seen: ReadonlySet<string>;
  readonly #proxy: Server;

  private constructor(proxy: Server, certFile: string, seen: ReadonlySet<string>) {
    const { port } = proxy.address() as AddressInfo;
    this.#proxy = proxy;
    this.seen = seen;
    this.env = {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: 'localhost,127.0.0.1',
      AWS_CA_BUNDLE: certFile,
      SSL_CERT_FILE: certFile,
    };
  }

  static async start(latchkey: Latchkey): Promise<PrivateNames> {
    const names = ['oidc', 'portal.sso', 'sts'].map((name) => `${name}.${latchkey.region}.amazonaws.com`);
    const { certFile, keyFile } = await makeCertificate(latchkey.env['HOME'] ?? '', ...names);
    const { hostname: host, port } = new URL(latchkey.url);
    const tls = createTlsServer(
      { cert: await readFile(certFile), key: await readFile(keyFile) },
      (client) => {
        const instance = connect({ host, port: Number(port) });
        client.on('error', () => instance.destroy());
        instance.on('error', () => client.destroy());
        client.pipe(instance).pipe(client);
      },
    );
    const seen = new Set<string>();
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      const [name = ''] = url.split(':');
      seen.add(name);
      if (!names.includes(name)) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      return tls.emit('connection', socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return new PrivateNames(proxy, certFile, seen);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#proxy.closeAllConnections();
    await new Promise((resolve) => this.#proxy.close(resolve));
  }
}
