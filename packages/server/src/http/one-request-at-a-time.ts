import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Ends the headers of a request, and a body in chunked coding. */
const END = Buffer.from('\r\n\r\n');
const LINE_BREAKS: ReadonlySet<number | undefined> = new Set(END);
const NOTHING = Buffer.alloc(0);

type Listener = (bytes?: Uint8Array) => void;

/**
 * Reads the requests of a connection one at a time: the next one, which a client may send before it has the answer
 * (pipelining, RFC 9112 section 9.3.2), is neither parsed nor read from the socket until the answer before it has left this
 * process. So nobody makes the server hold many requests, or many answers that are not read.
 *
 * `node:http` by itself makes requests of all that arrived, one of each 26 bytes. Here it is given what arrives in pieces,
 * which end where a request may end.
 */
export class OneRequestAtATime {
  readonly #socket: Socket;
  /** What `node:http` does with what arrives, and at its end. */
  readonly #parse: Listener;
  readonly #finish: Listener;
  /** The request that was begun last. */
  #message: IncomingMessage | undefined;
  #isAnswered = true;
  /** How much of a body of a stated length is still to come. */
  #bodyBytesToCome = 0;
  /** The last bytes parsed, when they may be the beginning of an end. */
  #tail: Buffer = NOTHING;
  /** What has arrived too early. */
  #held: Buffer | undefined;
  /** Whether the client has closed its side, and `node:http` does not know yet. */
  #hasEnded = false;
  #restMs = 0;

  /** @param socket - just connected, and given to `node:http` */
  constructor(socket: Socket) {
    this.#socket = socket;
    this.#parse = takeListener(socket, 'data');
    this.#finish = takeListener(socket, 'end');
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('end', () => {
      this.#hasEnded = true;
      if (!this.#isBusy()) this.#tellEnd();
    });
  }

  /**
   * Notes a request whose headers have arrived. To be called for each, at once.
   *
   * @param response - when it is over, the next request is read
   */
  begin(message: IncomingMessage, response: ServerResponse): void {
    if (!this.#isAnswered) {
      this.#socket.destroy(new Error('a request began before the one before it was answered'));
      return;
    }
    this.#message = message;
    this.#isAnswered = false;
    this.#bodyBytesToCome = Number(message.headers['content-length'] ?? 0);
    response.once('close', () => this.#end());
  }

  /** Reads nothing for that long after the answer that is under way. */
  rest(ms: number): void {
    this.#restMs = ms;
  }

  #end(): void {
    const restMs = this.#restMs;
    this.#restMs = 0;
    if (restMs === 0) this.#goOn();
    else setTimeout(() => this.#goOn(), restMs).unref();
  }

  #goOn(): void {
    this.#isAnswered = true;
    if (this.#socket.destroyed) return;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#take(held);
    if (this.#isBusy()) return;
    if (this.#hasEnded) this.#tellEnd();
    else if (held !== undefined) this.#socket.resume();
  }

  #tellEnd(): void {
    this.#hasEnded = false;
    this.#finish();
  }

  /** Whether a request has arrived that is not answered. */
  #isBusy(): boolean {
    return !this.#isAnswered && this.#message?.complete === true;
  }

  #take(bytes: Buffer): void {
    // What was on its way when the socket was paused.
    let rest = this.#held === undefined ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = undefined;
    while (rest.length > 0 && !this.#socket.destroyed) {
      if (this.#isBusy()) {
        this.#held = rest;
        this.#socket.pause();
        return;
      }
      const length = this.#bodyBytesToCome > 0 ? this.#lengthOfBody(rest) : this.#lengthToEnd(rest);
      this.#parse(length === rest.length ? rest : rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  }

  #lengthOfBody(bytes: Buffer): number {
    const length = Math.min(bytes.length, this.#bodyBytesToCome);
    this.#bodyBytesToCome -= length;
    return length;
  }

  /** How many bytes there are up to the next end, which is where the headers or the request may end. */
  #lengthToEnd(bytes: Buffer): number {
    const tail = this.#tail;
    this.#tail = NOTHING;
    if (tail.length > 0) {
      const at = Buffer.concat([tail, bytes.subarray(0, END.length - 1)]).indexOf(END);
      if (at !== -1) return at + END.length - tail.length;
    }
    // Line breaks before a request mean nothing; taken as ends, they would be thousands of pieces.
    const isBetweenRequests = tail.length === 0 && this.#message?.complete !== false;
    const start = isBetweenRequests ? countLineBreaks(bytes) : 0;
    const at = bytes.indexOf(END, start);
    if (at !== -1) return at + END.length;
    this.#tail = Buffer.concat([tail, bytes.subarray(1 - END.length)]).subarray(1 - END.length);
    return bytes.length;
  }
}

/** Takes away the listener that was added last. */
function takeListener(socket: Socket, event: 'data' | 'end'): Listener {
  const listener = socket.listeners(event).at(-1) as Listener | undefined;
  if (listener === undefined) throw new TypeError('node:http does not read this socket');
  socket.off(event, listener);
  return listener;
}

function countLineBreaks(bytes: Buffer): number {
  let count = 0;
  while (LINE_BREAKS.has(bytes[count])) count += 1;
  return count;
}
