import type { Answer, Connection } from '../load/connection.ts';

/** A registered OAuth client. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** A browser in which somebody is signed in. */
export interface Browser {
  /** The `Cookie` header line, ended by CRLF. */
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

/** How a service is spoken to: each step of a device sign-in, as it goes over the wire. Any other answer throws. */
export interface Dialect {
  /** Whether polling for one device code more often than once a second is refused. */
  readonly limitsPolling: boolean;
  register(connection: Connection): Promise<Client>;
  /** Signs in and gives whatever consent is asked once, so that `approve` is the common case. */
  openBrowser(connection: Connection, client: Client): Promise<Browser>;
  start(connection: Connection, client: Client): Promise<DeviceAuthorization>;
  /** Polls for a device code that nobody has approved yet. */
  pollPending(connection: Connection, client: Client, deviceCode: string): Promise<void>;
  /** Opens the page that the user code leads to, and answers it. */
  approve(connection: Connection, browser: Browser, userCode: string): Promise<void>;
  redeem(connection: Connection, client: Client, deviceCode: string): Promise<Tokens>;
  refresh(connection: Connection, client: Client, refreshToken: string): Promise<Tokens>;
  /** The call that a resource makes to learn what a token is good for. */
  check(connection: Connection, client: Client, accessToken: string): Promise<void>;
}

/** One of the servers compared. */
export interface Service {
  readonly name: 'latchkey' | 'peer' | 'peer-grouped' | 'limit';
  readonly dialect: Dialect;
  /** Puts into an empty data folder whatever must be there before the first start. */
  prepare(dataDir: string): Promise<void>;
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
