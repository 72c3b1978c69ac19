import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Where a connection is cut: before the statement is sent on, once it is sent on, or in place of its answer. */
export type Phase = 'beforeSending' | 'afterSending' | 'atAnswer';

export const phases: readonly Phase[] = ['beforeSending', 'afterSending', 'atAnswer'];

/**
 * A proxy between a store and PostgreSQL, which knows the frames of the protocol
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html) and cuts connections at a statement that is chosen.
 */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** How many connections were cut. */
  readonly cuts: number;
  /** How many statements came, each of which is a round trip. */
  readonly statements: number;
  /** The statements at which they were cut. */
  readonly cutStatements: ReadonlySet<string>;
  /** Cuts the connection of the next statement that matches, once; those after it go through. */
  cutNext(statement: RegExp, phase: Phase): void;
  /** Keeps back the answer of the next statement that matches, until it is let go. @returns lets it go; and when it came */
  holdNext(statement: RegExp): { readonly arrived: Promise<void>; release(): void };
  /** Refuses connections from now on, and ends those that there are; `false` lets them in again. */
  refuse(refuses?: boolean): void;
}

interface Order {
  readonly statement: RegExp;
  readonly phase: Phase | 'hold';
  readonly arrived: PromiseWithResolvers<void>;
  readonly released: PromiseWithResolvers<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

const SYNC = 0x53;
const QUERY = 0x51;
const PARSE = 0x50;
const BIND = 0x42;
const READY_FOR_QUERY = 0x5a;
const STARTUP_CODES = [80877103, 80877104];

export async function startCuttingProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<CuttingProxy> {
  const orders: Order[] = [];
  const links = new Set<Link>();
  let refuses = false;
  let cuts = 0;
  let statements = 0;
  const cutStatements = new Set<string>();
  const takeOrder = (text: string) => {
    const index = orders.findIndex(({ statement }) => statement.test(text));
    const [order] = index === -1 ? [] : orders.splice(index, 1);
    if (order !== undefined && order.phase !== 'hold') cutStatements.add(text);
    return order;
  };
  const listener = createServer((client) => {
    if (refuses) {
      client.destroy();
      return;
    }
    const server = connect(target);
    const link = { client, server };
    links.add(link);
    client.setNoDelay(true);
    server.setNoDelay(true);
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => links.delete(link));
    }
    client.on('close', () => {
      // What was sent on must be read: a socket that is destroyed with unread answers takes it back.
      server.end();
      server.resume();
    });
    server.on('error', () => client.destroy());
    /** What is done at the answer of each statement that was sent on, in turn. */
    const answers: (Order | undefined)[] = [];
    let isCut = false;
    const cut = () => {
      isCut = true;
      cuts += 1;
      client.destroy();
      server.end();
    };
    const texts = new Map<string, string>();
    let unit: Buffer[] = [];
    let unitText = '';
    const fromClient = frames({ hasStartup: true }, (frame, type) => {
      if (isCut) return;
      unit.push(frame);
      if (type === undefined || !isOfStatement(type)) {
        server.write(Buffer.concat(unit.splice(0)));
        return;
      }
      if (type === PARSE) {
        const [name = '', text = ''] = strings(frame, 5);
        texts.set(name, text);
      }
      if (type === BIND) unitText = texts.get(strings(frame, 5)[1] ?? '') ?? '';
      if (type === QUERY) [unitText = ''] = strings(frame, 5);
      if (type !== SYNC && type !== QUERY) return;
      statements += 1;
      const order = takeOrder(unitText);
      const bytes = Buffer.concat(unit);
      unit = [];
      if (order?.phase === 'beforeSending') {
        cut();
        order.arrived.resolve();
        return;
      }
      answers.push(order);
      server.write(bytes, () => {
        if (order?.phase !== 'afterSending') return;
        cut();
        order.arrived.resolve();
      });
    });
    let held: Buffer[] = [];
    let waits: Promise<void> = Promise.resolve();
    let isReady = false;
    const fromServer = frames({ hasStartup: false }, (frame, type) => {
      if (isCut) return;
      held.push(frame);
      // The first time it is ready for the startup.
      const isEnd = type === READY_FOR_QUERY;
      const order = isEnd && isReady ? answers.shift() : undefined;
      if (isEnd) isReady = true;
      if (order?.phase === 'atAnswer') {
        cut();
        order.arrived.resolve();
        return;
      }
      // Nothing of an answer goes on before all of it is there; outside of statements everything does.
      if (!isEnd && isReady && answers.length > 0) return;
      const bytes = Buffer.concat(held);
      held = [];
      if (order?.phase === 'hold') {
        order.arrived.resolve();
        waits = waits.then(() => order.released.promise);
      }
      waits = waits.then(() => void (client.destroyed || client.write(bytes)));
    });
    // A backend that was ended says so, and then nothing more.
    server.once('end', () => {
      if (!isCut) void waits.then(() => client.end(Buffer.concat(held)));
    });
    client.on('data', fromClient);
    server.on('data', fromServer);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as { port: number };
  const order = (statement: RegExp, phase: Order['phase']) => {
    const made = {
      statement,
      phase,
      arrived: Promise.withResolvers<void>(),
      released: Promise.withResolvers<void>(),
    };
    orders.push(made);
    return made;
  };
  const endAll = () => {
    for (const { client, server } of links) {
      client.destroy();
      server.destroy();
    }
  };
  return {
    ...{ port, cutStatements },
    get cuts() {
      return cuts;
    },
    get statements() {
      return statements;
    },
    cutNext: (statement, phase) => void order(statement, phase),
    holdNext(statement) {
      const { arrived, released } = order(statement, 'hold');
      return { arrived: arrived.promise, release: () => released.resolve() };
    },
    refuse(now = true) {
      refuses = now;
      if (now) endAll();
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      endAll();
      await once(listener, 'close');
    },
  };
}

/** Parse, Bind, Describe, Execute, Close, Flush, Sync, Query: what belongs to statements. */
function isOfStatement(type: number): boolean {
  return 'PBDECHSQ'.includes(String.fromCharCode(type));
}

/** Cuts a stream into frames; a client's first ones have no type. */
function frames(
  { hasStartup }: { hasStartup: boolean },
  take: (frame: Buffer, type: number | undefined) => void,
) {
  let rest = Buffer.alloc(0);
  let isStarting = hasStartup;
  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const offset = isStarting ? 0 : 1;
      if (rest.length < offset + 4) return;
      const length = offset + rest.readUInt32BE(offset);
      if (rest.length < length) return;
      const frame = rest.subarray(0, length);
      const type = isStarting ? undefined : frame[0];
      // Requests for encryption come before the startup message itself.
      if (isStarting && !STARTUP_CODES.includes(frame.readUInt32BE(4))) isStarting = false;
      rest = rest.subarray(length);
      take(frame, type);
    }
  };
}

/** The strings at the beginning of a frame, each of which ends with a zero. */
function strings(frame: Buffer, from: number): readonly string[] {
  return frame.toString('utf8', from).split('\0', 2);
}
