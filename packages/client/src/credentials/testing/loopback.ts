import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server on loopback that records its requests. Disposing of it closes it. */
export class Loopback implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly #server: Server;

  private constructor(answer: (request: Received) => Answer | Promise<Answer>) {
    this.#server = createServer({ keepAliveTimeout: 0 }, async (incoming, outgoing) => {
      let body = '';
      for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body };
      this.received.push(request);
      const { status = 200, headers: answered = {}, body: text = '' } = await answer(request);
      outgoing.writeHead(status, answered).end(text);
    });
  }

  static async start(answer: (request: Received) => Answer | Promise<Answer>): Promise<Loopback> {
    const loopback = new Loopback(answer);
    await new Promise<void>((resolve) => loopback.#server.listen(0, '127.0.0.1', resolve));
    return loopback;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
