import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that passed, and what was answered. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly requestBody: string;
  readonly status: number;
  readonly responseBody: string;
}

/** Stands between a client and an instance, keeps what passes, and can lose an answer as a bad line would. */
export class WireTap implements AsyncDisposable {
  readonly exchanges: Exchange[] = [];
  readonly #target: string;
  readonly #server: Server;
  readonly #passed = new EventEmitter();
  #isLost: (exchange: Exchange) => boolean = () => false;

  private constructor(target: string) {
    this.#target = target;
    this.#server = createServer(
      { keepAliveTimeout: 0 },
      (incoming, outgoing) => void this.#pass(incoming, outgoing),
    );
  }

  static async start(target: string): Promise<WireTap> {
    const tap = new WireTap(target);
    await new Promise<void>((resolve) => tap.#server.listen(0, '127.0.0.1', resolve));
    return tap;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Waits until what has passed meets the condition. */
  async sees(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#passed, 'exchange');
  }

  /** The next answer that matches is not delivered: the connection breaks instead. */
  loseOneAnswer(matches: (exchange: Exchange) => boolean): void {
    this.#isLost = (exchange) => {
      const lost = matches(exchange);
      if (lost) this.#isLost = () => false;
      return lost;
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const requestBody = await buffer(incoming);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${this.#target}${path}`, { method, headers }, resolve).once('error', reject).end(requestBody);
    });
    const responseBody = await buffer(answer);
    const status = answer.statusCode ?? 500;
    const exchange = {
      method,
      path,
      requestBody: requestBody.toString(),
      status,
      responseBody: responseBody.toString(),
    };
    this.exchanges.push(exchange);
    this.#passed.emit('exchange');
    if (this.#isLost(exchange)) incoming.socket.destroy();
    else outgoing.writeHead(status, answer.rawHeaders).end(responseBody);
  }
}
