import type { Answer, Connection } from '../load/connection.ts';

/** A registered OAuth client. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** A browser with a signed-in person. */
export interface Browser {
  /** `Cookie` header line with CRLF. */
  readonly cookie: string;
}

export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The requests of a service: each step of a device sign-in. An unexpected answer throws. */
export interface Dialect {
  /** Whether the service refuses to be polled more than once a second for one device code. */
  readonly limitsPolling: boolean;
  register(connection: Connection): Promise<Client>;
  /** Signs in, and gives a consent that is asked only once, so that `approve` measures the common case. */
  openBrowser(connection: Connection, client: Client): Promise<Browser>;
  start(connection: Connection, client: Client): Promise<DeviceAuthorization>;
  /** Polls for a device code that is not yet approved. */
  pollPending(connection: Connection, client: Client, deviceCode: string): Promise<void>;
  /** Opens the page of a user code, and approves the request. */
  approve(connection: Connection, browser: Browser, userCode: string): Promise<void>;
  redeem(connection: Connection, client: Client, deviceCode: string): Promise<Tokens>;
  refresh(connection: Connection, client: Client, refreshToken: string): Promise<Tokens>;
  /** The call by which a resource server checks an access token. */
  check(connection: Connection, client: Client, accessToken: string): Promise<void>;
}

/** One of the compared servers. */
export interface Service {
  readonly name: 'latchkey' | 'postgresql' | 'peer' | 'peer-grouped' | 'limit';
  readonly dialect: Dialect;
  /** Prepares an empty data folder for the first start. */
  prepare(dataDir: string): Promise<void>;
  /** Variables that the server is started with. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Waits until people can sign in, after the first start. Default: as soon as it listens. */
  becomeReady?(connection: Connection): Promise<void>;
  /** Arguments for `node`. */
  command(dataDir: string, port: number): readonly string[];
}

/** @throws {Error} unless the answer has the expected status */
export function expectStatus(answer: Answer, status: number, step: string): void {
  if (answer.status === status) return;
  throw new Error(
    `Cannot ${step}: answered ${answer.status}, expected ${status}\n${answer.head}\n\n${answer.body}`,
  );
}

/** @throws {Error} unless the answer is JSON with the named members, all strings */
export function readStrings<Name extends string>(
  answer: Answer,
  step: string,
  ...names: readonly Name[]
): Record<Name, string> {
  expectStatus(answer, 200, step);
  const body: Partial<Record<Name, unknown>> = JSON.parse(answer.body);
  for (const name of names) {
    if (typeof body[name] !== 'string') {
      throw new Error(`Cannot ${step}: found no "${name}" in ${answer.body}`);
    }
  }
  return body as Record<Name, string>;
}
