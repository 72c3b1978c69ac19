import { chmodSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import manifest from '../../package.json' with { type: 'json' };
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { CommandDirectory } from './command-directory.ts';
import {
  CONTROL_VERSION,
  type ControlAnswer,
  type ControlFault,
  ControlRequestError,
  callOperation,
  isOperation,
  MAX_REQUEST_BYTES,
} from './operations.ts';
import { makeSocketPlace } from './socket-place.ts';

/** Limits on what commands can make the server hold, and on how long each can make it wait. */
export interface ControlBounds {
  readonly maxConnections: number;
  /** Time for a whole request to arrive. */
  readonly requestTimeoutMs: number;
  /** Time in which nothing is sent either way: between two requests, or while an answer is not read. */
  readonly idleTimeoutMs: number;
  /** Interval at which Node looks for requests past their timeout; they may take that much longer. */
  readonly checkTimeoutsMs: number;
}

const BOUNDS: ControlBounds = {
  maxConnections: 32,
  requestTimeoutMs: 10_000,
  idleTimeoutMs: 30_000,
  checkTimeoutsMs: 1_000,
};

const MAX_HEADER_BYTES = 4096;

export interface ControlOptions {
  readonly onFailure: (error: unknown) => void;
  readonly bounds?: Partial<ControlBounds>;
  /** Folder for a socket whose path in the data folder would be too long. */
  readonly runtimeDir?: string;
}

export interface ControlServer {
  /** Finishes the requests in flight, closes every connection, and removes the socket. */
  close(): Promise<void>;
}

/**
 * Answers commands by a Unix socket that only the owner of the data folder can reach: HTTP with JSON, never on a network.
 * The folder must be locked by this process.
 *
 * @throws when the socket cannot be made
 */
export async function serveControl(
  dataDir: string,
  directory: CommandDirectory,
  { onFailure, bounds: change, runtimeDir }: ControlOptions,
): Promise<ControlServer> {
  const bounds = { ...BOUNDS, ...change };
  const place = makeSocketPlace(dataDir, runtimeDir);
  const running = new Set<Promise<void>>();
  const server = createServer(bounds);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const answered = answer(request, directory, onFailure).then((reply) => send(response, reply));
    running.add(answered);
    void answered.finally(() => running.delete(answered));
  });
  try {
    await listen(server, place.socket);
    chmodSync(place.socket, 0o600);
  } catch (error) {
    server.close();
    place.remove();
    throw error;
  }
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.all(running);
      server.closeAllConnections();
      await closed;
      place.remove();
    },
  };
}

/** Takes `node:http` from `getBuiltinModule`, because an import of it would also load Node's fetch. */
function createServer({
  maxConnections,
  requestTimeoutMs,
  idleTimeoutMs,
  checkTimeoutsMs,
}: ControlBounds): Server {
  const server = process.getBuiltinModule('node:http').createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: idleTimeoutMs,
    connectionsCheckingInterval: checkTimeoutsMs,
  });
  server.maxConnections = maxConnections;
  server.setTimeout(idleTimeoutMs);
  return server;
}

function listen(server: Server, socket: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(socket, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

interface Reply {
  readonly status: number;
  readonly body: ControlAnswer;
  /** Whether more of the request may come. */
  readonly isUnread?: true;
}

async function answer(
  request: IncomingMessage,
  directory: CommandDirectory,
  onFailure: (error: unknown) => void,
): Promise<Reply> {
  try {
    const [, root, version, operation = '', ...rest] = (request.url ?? '').split('/');
    if (root !== 'control' || rest.length > 0) return unread(refuse('badRequest', 'No such operation'));
    if (version !== String(CONTROL_VERSION)) return unread(refuse('otherVersion', 'Another version'));
    if (request.method !== 'POST' || !isOperation(operation)) {
      return unread(refuse('badRequest', 'No such operation'));
    }
    const text = await readBody(request);
    if (text === undefined) {
      return unread(refuse('tooLarge', `A request can have at most ${MAX_REQUEST_BYTES} bytes`));
    }
    const result = await callOperation(directory, operation, text);
    return { status: 200, body: result === undefined ? {} : { result } };
  } catch (error) {
    if (error instanceof ControlRequestError) return refuse('badRequest', error.message);
    // The command went away, or was too slow: nobody reads the answer.
    if (request.destroyed && !request.complete) return refuse('badRequest', 'The request did not arrive');
    if (error instanceof StoreUnavailable) return refuse('unavailable', error.message);
    onFailure(error);
    return refuse('failed', 'The server failed: its log says why');
  }
}

const statusOf = {
  badRequest: 400,
  tooLarge: 413,
  otherVersion: 404,
  failed: 500,
  unavailable: 503,
} as const;

function refuse(fault: ControlFault, message: string): Reply {
  return { status: statusOf[fault], body: { fault, message, release: manifest.version } };
}

function unread(reply: Reply): Reply {
  return { ...reply, isUnread: true };
}

/** @returns `undefined` when it is too large, or no UTF-8 text */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_REQUEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, isUnread }: Reply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(isUnread && { connection: 'close' }),
  });
  response.end(text);
}
