import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Status line and headers, as received. */
  readonly head: string;
  /** Body with one character for each byte (Latin-1). */
  readonly body: string;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const endOfHead = '\r\n\r\n';

/**
 * One keep-alive HTTP/1.1 connection to a server on this machine, with one request under way at a time.
 *
 * Written by hand because the load must cost less than what it measures: `node:http`'s client takes several times
 * the processor time of the server's side of the same request. It reads only whole answers that state their length.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #host: string;
  #pending: Pending | undefined;
  #received = '';

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#host = `localhost:${port}`;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('Answer missing: the server closed the connection')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket, port));
      });
    });
  }

  /** Web origin of the server. */
  get origin(): string {
    return `http://${this.#host}`;
  }

  /** @param headers whole lines, each ended by CRLF */
  get(path: string, headers = ''): Promise<Answer> {
    return this.#send(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${headers}\r\n`);
  }

  /**
   * @param body ASCII
   * @param headers whole lines, each ended by CRLF
   */
  post(path: string, contentType: string, body: string, headers = ''): Promise<Answer> {
    return this.#send(
      `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: ${contentType}\r\n` +
        `Content-Length: ${body.length}\r\n${headers}\r\n${body}`,
    );
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#socket.write(request, 'latin1');
    });
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const headLength = this.#received.indexOf(endOfHead);
    if (headLength < 0) return;
    const head = this.#received.slice(0, headLength);
    const bodyStart = headLength + endOfHead.length;
    const end = bodyStart + contentLength(head);
    if (this.#received.length < end) return;
    const body = this.#received.slice(bodyStart, end);
    const pending = this.#pending;
    this.#received = '';
    this.#pending = undefined;
    pending?.resolve({ status: Number(head.slice(9, 12)), head, body });
  }

  #fail(error: Error): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.reject(error);
  }
}

function contentLength(head: string): number {
  const stated = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (stated !== undefined) return Number(stated);
  if (/\r\ntransfer-encoding:/i.test(head)) {
    throw new Error(`Cannot read the answer: found a chunked body, expected Content-Length, in ${head}`);
  }
  return 0;
}
