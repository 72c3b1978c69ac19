import { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Client, CustomTypesConfig, DatabaseError, QueryResult } from 'pg';
import { StatementFailure } from './failure.ts';
import type { Row, Statement, Value } from './statement.ts';

/** How a link treats its server. */
export interface LinkOptions {
  /** A statement that runs longer is ended by the server; the wait of a commit for its standby is not. 0: never. */
  readonly statementTimeoutMs: number;
  /** The longest wait for a lock. 0: as long as the statement may run. */
  readonly lockTimeoutMs: number;
  /** A server that has something to do and gives no answer for so long is given up. 0: never. */
  readonly answerWithinMs: number;
}

/** Where a link leads. */
export interface LinkTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: () => string;
  readonly database: string;
  readonly tls: ConnectionOptions | false;
}

export interface Answer {
  readonly rows: readonly Row[];
  /** How many rows were changed, or read. */
  readonly changes: number;
  /** What was done, for example `UPDATE` or `COMMIT`. */
  readonly command: string;
}

interface Flight {
  /** A warning 01000 that came with the answer. */
  warning?: string;
}

const CONNECT_WITHIN_MS = 5_000;
/**
 * A server that lost its client in a transaction frees its locks after so long. Nobody else has it to the millisecond: where a new
 * session has it, Latchkey has used the session before, and a pooler has handed it on as it was.
 */
const IDLE_IN_TRANSACTION_MS = 10_007;
const WARNING = '01000';

const IDLE_TIMEOUT = 'SHOW idle_in_transaction_session_timeout';

/** Settings that the statements rely on, whatever the role or the database has. */
export const SESSION_SETTINGS: readonly string[] = [
  `SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
  'SET plan_cache_mode = force_generic_plan',
  // A commit whose wait was cancelled says so by a warning.
  'SET client_min_messages = warning',
  "SET default_transaction_isolation = 'read committed'",
];

/** One connection to PostgreSQL. Statements are sent at once, and answered in turn; one that fails, fails alone. */
export class Link {
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #answerWithinMs: number;
  readonly #inFlight: Flight[] = [];
  readonly #ended = Promise.withResolvers<void>();
  #isOpen = true;
  #isGivenUp = false;
  #watchdog: NodeJS.Timeout | undefined;

  private constructor(client: Client, socket: Socket, answerWithinMs: number) {
    this.#client = client;
    this.#socket = socket;
    this.#answerWithinMs = answerWithinMs;
    client.on('error', () => this.#close());
    client.once('end', () => {
      this.#close();
      this.#ended.resolve();
    });
    client.on('notice', ({ code, message }) => {
      const [flight] = this.#inFlight;
      if (code === WARNING && flight !== undefined) flight.warning = message ?? '';
    });
  }

  /**
   * Connects.
   *
   * @throws {StatementFailure} that was not sent, when there is nobody, or a server that only reads
   */
  static async open(target: LinkTarget, options: LinkOptions): Promise<Link> {
    const { default: pg } = await import('pg');
    const { tls, ...rest } = target;
    const socket = new Socket();
    const client = new pg.Client({
      ...rest,
      ssl: tls,
      stream: () => socket,
      password: async () => target.password(),
      ...{ application_name: 'latchkey', pipeline: true, types: typesOf(pg.types) },
      ...{ connectionTimeoutMillis: CONNECT_WITHIN_MS, keepAlive: true },
    });
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => undefined);
    client.on('error', failed.reject);
    try {
      await Promise.race([client.connect(), failed.promise]);
      const link = new Link(client, socket, options.answerWithinMs);
      try {
        await link.#prepare(options);
      } catch (error) {
        link.destroy();
        throw error;
      }
      return link;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw new StatementFailure(`Cannot connect: ${(error as Error).message}`, {
        sqlState: sqlStateOf(error),
        ...{ isSent: false, cause: error },
      });
    }
  }

  async #prepare({ statementTimeoutMs, lockTimeoutMs }: LinkOptions): Promise<void> {
    const timeouts = [`SET statement_timeout = ${statementTimeoutMs}`, `SET lock_timeout = ${lockTimeoutMs}`];
    const [before] = await Promise.all(
      [IDLE_TIMEOUT, ...timeouts, ...SESSION_SETTINGS].map((text) => this.#send({ text })),
    );
    if (before?.rows[0]?.['idle_in_transaction_session_timeout'] === `${IDLE_IN_TRANSACTION_MS}ms`) {
      throw new StatementFailure('a pooler hands on sessions that others have used', { isSent: false });
    }
    const { rows } = await this.#send({ text: 'SHOW transaction_read_only' });
    if (rows[0]?.['transaction_read_only'] !== 'off') {
      throw new StatementFailure('the server only reads: it is a standby', {
        sqlState: '25006',
        isSent: false,
      });
    }
  }

  /** Whether it takes statements. */
  get isOpen(): boolean {
    return this.#isOpen && !this.#isGivenUp;
  }

  /** How many statements have no answer yet. */
  get load(): number {
    return this.#inFlight.length;
  }

  /** Resolves when the connection has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /**
   * Runs a statement.
   *
   * @throws {StatementFailure}
   */
  run({ name, text, kind }: Statement, values: readonly Value[]): Promise<Answer> {
    return this.#send({ name, text, values }, kind === 'write');
  }

  /** Runs a text without parameters that isn't prepared, for example `BEGIN`. @throws {StatementFailure} */
  command(text: string): Promise<Answer> {
    return this.#send({ text }, true);
  }

  async #send(
    query: { readonly name?: string; readonly text: string; readonly values?: readonly Value[] },
    heedsWarning = false,
  ): Promise<Answer> {
    if (!this.#isOpen) throw new StatementFailure('The connection has ended', { isSent: false });
    const flight: Flight = {};
    this.#inFlight.push(flight);
    this.#watch();
    let result: QueryResult;
    try {
      const parameters = { values: (query.values ?? []).map(toParameter) };
      result = await this.#client.query({ ...query, ...parameters });
    } catch (error) {
      throw this.#failureOf(error as Error);
    } finally {
      this.#inFlight.splice(this.#inFlight.indexOf(flight), 1);
      this.#watch();
    }
    if (heedsWarning && flight.warning !== undefined) {
      throw new StatementFailure(flight.warning, { sqlState: WARNING, isSent: true });
    }
    return { rows: result.rows as Row[], changes: result.rowCount ?? 0, command: result.command };
  }

  /** @returns the error itself where it is neither the server's nor the connection's: a value that cannot be read */
  #failureOf(error: Error): Error {
    const { severity, constraint } = error as DatabaseError;
    if (severity === undefined && this.isOpen) return error;
    if (severity === 'FATAL' || severity === 'PANIC') this.#close();
    return new StatementFailure(error.message, {
      ...{ sqlState: sqlStateOf(error), isSent: true, constraint, cause: error },
    });
  }

  /** Waits anew for the next answer, while there is one to come. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    if (this.#answerWithinMs === 0 || this.#inFlight.length === 0 || !this.#isOpen) return;
    // The socket is closed, and nothing cancelled: a cancelled wait of a commit would be told as success.
    this.#watchdog = setTimeout(() => this.destroy(), this.#answerWithinMs);
  }

  /** Takes no statements any more, and ends once those that were sent are answered. */
  giveUp(): void {
    this.#isGivenUp = true;
    void this.#client.end().catch(() => undefined);
  }

  /** Ends at once. What has no answer yet fails, and nobody knows whether it happened. */
  destroy(): void {
    this.#close();
    // `end` of the client would wait for the answers.
    this.#socket.destroy();
  }

  #close(): void {
    this.#isOpen = false;
    clearTimeout(this.#watchdog);
  }
}

function toParameter(value: Value): Value {
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;
}

function sqlStateOf(error: unknown): string | undefined {
  if (error instanceof StatementFailure) return error.sqlState;
  const { code, severity } = error as Partial<DatabaseError>;
  return severity === undefined ? undefined : code;
}

const INT8 = 20;
const UUID = 2950;
const JSON_TYPES: readonly number[] = [114, 3802];

/** How values are read: exactly, and as few of them as possible are made anew. */
function typesOf(types: typeof import('pg').types): CustomTypesConfig {
  const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return readInteger;
    if (oid === UUID) return (text: string) => Buffer.from(text.replaceAll('-', ''), 'hex');
    if (JSON_TYPES.includes(oid)) return (text: string) => text;
    return types.getTypeParser(oid, format as 'text');
  };
  return { getTypeParser };
}

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`Read a bigint: ${text} is not a safe integer`);
  return value;
}
