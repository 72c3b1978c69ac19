import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';

/** An answer with its whole body. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Where a redirect leads: a path and query of the same origin. */
  readonly location: string;
  /** Values of the hidden form fields, by name. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** Somebody who comes to https://sso.example.com by a proxy, from an address of their own, and keeps cookies. */
export class Visitor {
  readonly host: string;
  readonly #target;
  readonly #cookies = new Map<string, string>();

  /** @param ca - the certificate to trust, in PEM */
  constructor({
    port,
    ca,
    address,
  }: { readonly port: number; readonly ca: string; readonly address: string }) {
    this.host = `sso.example.com:${port}`;
    this.#target = {
      ...{ host: '127.0.0.1', port, localAddress: address },
      ...{ servername: 'sso.example.com', ca },
    };
  }

  get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.send('GET', path, headers);
  }

  /** Posts JSON. */
  async call(path: string, body: object): Promise<Readonly<Record<string, string>>> {
    const answer = await this.send(
      'POST',
      path,
      { 'content-type': 'application/json' },
      JSON.stringify(body),
    );
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text);
  }

  /** Posts a form. */
  fill(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    return this.send('POST', path, headers, new URLSearchParams(fields).toString());
  }

  async send(method: string, path: string, headers: OutgoingHttpHeaders, body = ''): Promise<Answer> {
    const cookie = Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const all = { host: this.host, 'content-length': Buffer.byteLength(body), ...headers, cookie };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ ...this.#target, agent: false, method, path, headers: all }, resolve)
        .once('error', reject)
        .end(body);
    });
    for (const header of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      this.#cookies.set(name, value);
    }
    const content = await text(response);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text: content,
      location: (response.headers.location ?? '').replace(`https://${this.host}`, ''),
      hidden: Object.fromEntries(
        Array.from(
          content.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g),
          ([, name, value]) => [name, value?.replaceAll('&amp;', '&')],
        ),
      ),
    };
  }

  /** Sends bytes as they are, on a connection of their own. @returns all that is answered */
  async exchange(bytes: string): Promise<string> {
    const socket: TLSSocket = connect({ ...this.#target, ALPNProtocols: ['http/1.1'] });
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve()).on('error', () => undefined);
      socket.write(bytes);
    });
    return heard;
  }
}
