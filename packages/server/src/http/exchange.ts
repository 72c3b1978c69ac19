import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireResponse } from '@latchkey/wire';
import { addressBlocks } from '../limits/address-block.ts';
import type { Dropped } from '../limits/drops.ts';
import type { Admission, Arrived } from './admission.ts';
import type { Body, BodyReader } from './body-reader.ts';
import type { ClientAddress } from './client-address.ts';
import type { Connections } from './connections.ts';
import { toIncomingRequest } from './incoming-request.ts';
import type { PlainHttpGate } from './plain-http-gate.ts';
import type { Refusal } from './refusal.ts';
import { findRequestFault } from './request-fault.ts';
import type { IncomingRequest, RefusedRequest, ServedResponse } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import { streamAnswer } from './stream-answer.ts';
import { cutOffUnread } from './unread-answers.ts';

const RETRY_AFTER_SECONDS = 1;
const NO_ROOM: Refusal = {
  status: 503,
  code: 'noRoom',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
};
const HEALTH_CHECK = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;

/** What the requests of a listener have in common. */
export interface ExchangeParts {
  readonly clientAddress: ClientAddress;
  readonly plainHttp: PlainHttpGate;
  readonly connections: Connections;
  readonly bodies: BodyReader;
  readonly admission: Admission;
  /** Never rejects. */
  readonly handle: (request: IncomingRequest) => Promise<ServedResponse>;
  /** Never rejects. */
  readonly handleRefused: (request: RefusedRequest) => Promise<WireResponse>;
  readonly drop: (what: Dropped, address: string) => void;
  readonly now: () => number;
  readonly isDraining: () => boolean;
}

/** One request, from when its headers have arrived, and its answer. */
export class Exchange implements Arrived {
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #parts: ExchangeParts;
  readonly #peer: string;
  /** The client's. */
  readonly #address: string;
  #body: Body = new Uint8Array();
  #keepBody = () => {};
  #isRefused = false;

  constructor(message: IncomingMessage, response: ServerResponse, parts: ExchangeParts) {
    this.#message = message;
    this.#response = response;
    this.#parts = parts;
    this.#peer = message.socket.remoteAddress ?? '';
    this.#address = parts.clientAddress.of(this.#peer, message.headers as IncomingRequest['headers']);
  }

  /** Reads the rest of the request, which then waits until it is started, or refuses it. */
  begin(): void {
    const { connections, plainHttp } = this.#parts;
    connections.begin(this.#message, this.#response);
    this.#message.on('error', () => this.#response.destroy());
    const refusal =
      plainHttp.findRefusal(this.#peer, this.#message.headers) ?? findRequestFault(this.#message);
    if (refusal === undefined) this.#read();
    else this.#refuseAndClose(refusal);
  }

  #read(): void {
    const { connections, bodies, admission, drop } = this.#parts;
    const holder = addressBlocks(this.#address);
    this.#keepBody = bodies.read(this.#message, this.#response, holder, {
      noRoom: () => {
        drop('body', this.#address);
        this.#refuseAndClose(NO_ROOM);
      },
      whole: (body) => {
        if (body === 'tooLong') this.#response.setHeader('connection', 'close');
        this.#body = body;
        connections.serve(this.#message);
        admission.enter(this, holder, { isHealthCheck: HEALTH_CHECK.test(this.#message.url ?? '') });
      },
    });
  }

  start(): void {
    this.#keepBody();
    this.#answer(this.#parts.handle(this.#toRequest(this.#body)));
  }

  shed(): void {
    const { clientAddress, connections, drop } = this.#parts;
    drop('request', this.#address);
    // A proxy sends the requests of others on the same connection.
    const isOfProxy = clientAddress.isTrusted(this.#peer);
    if (!isOfProxy) connections.rest(this.#message, RETRY_AFTER_SECONDS * 1000);
    this.#refuse(NO_ROOM);
  }

  isOver(): boolean {
    return this.#isRefused || this.#response.destroyed;
  }

  #refuseAndClose(refusal: Refusal): void {
    this.#response.setHeader('connection', 'close');
    this.#refuse(refusal);
  }

  #refuse(refusal: Refusal): void {
    this.#isRefused = true;
    const { retryAfterSeconds } = refusal;
    if (retryAfterSeconds !== undefined) this.#response.setHeader('retry-after', retryAfterSeconds);
    this.#answer(this.#parts.handleRefused({ ...this.#toRequest(new Uint8Array()), refusal }));
  }

  #toRequest(body: Body): IncomingRequest {
    return toIncomingRequest(this.#message, body, {
      address: this.#address,
      clientAddress: this.#parts.clientAddress,
    });
  }

  #answer(answered: Promise<ServedResponse>): void {
    answered.then((answer) => this.#send(answer)).catch(() => this.#response.destroy());
  }

  async #send(answer: ServedResponse): Promise<void> {
    const { connections, drop, isDraining, now } = this.#parts;
    if (isDraining()) this.#response.shouldKeepAlive = false;
    const headOnly = this.#message.method === 'HEAD';
    const sent = { nowMs: now(), headOnly };
    const waitForReader = (bytes: number) => {
      connections.waitForReader(this.#message);
      return cutOffUnread(this.#response, { bytes }, () => drop('unreadAnswer', this.#address));
    };
    if (answer.rest !== undefined) {
      await streamAnswer(this.#response, { ...answer, rest: answer.rest }, { ...sent, waitForReader });
      return;
    }
    const bytes = sendAnswer(this.#response, answer, sent);
    // Otherwise the operating system took it all at once.
    if (!this.#response.writableFinished) waitForReader(bytes);
  }
}
