/**
 * The limit server: the least that a Node server must do to keep Latchkey's promises for the same requests. It parses and
 * validates the input, looks a row up by a rising key, verifies the token's MAC with the row's salt, writes at most once (with
 * one commit for each tick of the event loop), answers, and writes one log line; for a check it mints role credentials and
 * writes an audit line. It checks nothing else.
 *
 * Usage: `limit.ts DATA_DIR PORT`
 */
import {
  createHmac,
  createSecretKey,
  randomBytes,
  randomFillSync,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import { writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const [dataDir = '.', port] = process.argv.slice(2);

const db = new DatabaseSync(join(dataDir, 'limit.db'));
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS device (
    id INTEGER PRIMARY KEY, salt BLOB NOT NULL, approved INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS session (
    id INTEGER PRIMARY KEY, salt BLOB NOT NULL, generation INTEGER NOT NULL DEFAULT 1
  ) STRICT;
`);
const insertDevice = db.prepare('INSERT INTO device (salt) VALUES (?)');
const approveDevice = db.prepare('UPDATE device SET approved = 1 WHERE id = ?');
const findDevice = db.prepare('SELECT salt, approved FROM device WHERE id = ?');
const insertSession = db.prepare('INSERT INTO session (salt) VALUES (?)');
const findSession = db.prepare('SELECT salt, generation FROM session WHERE id = ?');
const rotateSession = db.prepare('UPDATE session SET generation = generation + 1 WHERE id = ?');
for (const statement of [findDevice, findSession]) statement.setReturnArrays(true);

type Row = readonly [salt: Uint8Array, approvedOrGeneration: number];

/** Callbacks for when the writes of this tick are on disk; `undefined` while there are none. */
let afterCommit: (() => void)[] | undefined;

/** Runs a write in the transaction of this tick, and calls `answer` when it is durable. */
function write<T>(change: () => T, answer: (result: T) => void): void {
  if (afterCommit === undefined) {
    afterCommit = [];
    db.exec('BEGIN IMMEDIATE');
    setImmediate(commit);
  }
  const result = change();
  afterCommit.push(() => answer(result));
}

function commit(): void {
  db.exec('COMMIT');
  const answers = afterCommit ?? [];
  afterCommit = undefined;
  for (const answer of answers) answer();
}

const LOG_BYTES = 8192;
let logged = '';
let isFlushing = false;

/** Buffers a line of the log. Those of the audit leave the buffer at the end of the tick. */
function log(line: object, { isAudit = false } = {}): void {
  logged += `${JSON.stringify(line)}\n`;
  if (logged.length >= LOG_BYTES) flush();
  else if (isAudit && !isFlushing) {
    isFlushing = true;
    setImmediate(flush);
  }
}

function flush(): void {
  isFlushing = false;
  if (logged !== '') writeSync(process.stderr.fd, logged);
  logged = '';
}

const SALT_BYTES = 16;
const randomPool = Buffer.alloc(8192);
let randomUsed = randomPool.length;

function random(bytes: number): Buffer {
  if (randomUsed + bytes > randomPool.length) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  randomUsed += bytes;
  return Buffer.from(randomPool.subarray(randomUsed - bytes, randomUsed));
}

const key = createSecretKey(randomBytes(32));
const mac = (text: string, salt: Uint8Array) => createHmac('sha256', key).update(text).update(salt).digest();

/** Makes a token: `<kind>.<row id>.<generation>.<MAC>`. */
function issueToken(kind: string, id: number | bigint, generation: number, salt: Uint8Array): string {
  const claims = `${kind}.${id}.${generation}`;
  return `${claims}.${mac(claims, salt).toString('base64url')}`;
}

/** Finds the row of a token, if the token is one of this server. */
function findRow(kind: string, token: string, find: (id: number) => Row | undefined) {
  const claims = token.slice(0, token.lastIndexOf('.'));
  const [ofKind, idText] = claims.split('.');
  const id = Number(idText);
  const row = ofKind === kind && Number.isSafeInteger(id) ? find(id) : undefined;
  if (row === undefined) return undefined;
  const presented = Buffer.from(token.slice(claims.length + 1), 'base64url');
  const expected = mac(claims, row[0]);
  if (presented.length !== expected.length || !timingSafeEqual(presented, expected)) return undefined;
  return { id, salt: row[0], state: row[1] };
}

const findDeviceRow = (id: number) => findDevice.get(id) as unknown as Row | undefined;
const findSessionRow = (id: number) => findSession.get(id) as unknown as Row | undefined;

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

const sendJson = (response: ServerResponse, status: number, body: object) =>
  send(response, status, 'application/json', JSON.stringify(body));

function sendForm(response: ServerResponse, action: string, field: string, value: string): void {
  const input = `<input type="hidden" name="${field}" value="${value}">`;
  send(
    response,
    200,
    'text/html',
    `<form method="post" action="${action}">${input}<button>Allow</button></form>`,
  );
}

function redirect(response: ServerResponse, location: string): void {
  response.setHeader('Location', location);
  send(response, 303, 'text/html', '');
}

/** Parses a body of the dialect: all its members are strings. */
function parseInput(body: string): Readonly<Record<string, string>> | undefined {
  const input: unknown = JSON.parse(body);
  if (typeof input !== 'object' || input === null) return undefined;
  const isValid = Object.values(input).every((value) => typeof value === 'string');
  return isValid ? (input as Record<string, string>) : undefined;
}

function startDeviceAuthorization(response: ServerResponse): void {
  const salt = random(SALT_BYTES);
  write(
    () => insertDevice.run(salt).lastInsertRowid,
    (id) =>
      sendJson(response, 200, {
        deviceCode: issueToken('device', id, 0, salt),
        userCode: String(id).padStart(8, '0'),
        verificationUri: `http://localhost:${port}/device`,
        verificationUriComplete: `http://localhost:${port}/device?user_code=${id}`,
        expiresIn: 600,
        interval: 1,
      }),
  );
}

function redeemDeviceCode(response: ServerResponse, deviceCode: string): void {
  const device = findRow('device', deviceCode, findDeviceRow);
  if (device === undefined) sendJson(response, 400, { error: 'invalid_grant' });
  else if (device.state === 0) sendJson(response, 400, { error: 'authorization_pending' });
  else {
    const salt = random(SALT_BYTES);
    write(
      () => insertSession.run(salt).lastInsertRowid,
      (id) => sendTokens(response, id, 1, salt),
    );
  }
}

function refresh(response: ServerResponse, refreshToken: string): void {
  const session = findRow('refresh', refreshToken, findSessionRow);
  if (session === undefined) {
    sendJson(response, 400, { error: 'invalid_grant' });
    return;
  }
  const { id, salt, state: generation } = session;
  write(
    () => rotateSession.run(id),
    () => sendTokens(response, id, generation + 1, salt),
  );
}

function sendTokens(
  response: ServerResponse,
  id: number | bigint,
  generation: number,
  salt: Uint8Array,
): void {
  log({ level: 30, time: Date.now(), audit: 'tokensIssued', id: Number(id), generation }, { isAudit: true });
  sendJson(response, 200, {
    accessToken: issueToken('access', id, generation, salt),
    refreshToken: issueToken('refresh', id, generation, salt),
    tokenType: 'Bearer',
    expiresIn: 3600,
  });
}

function getRoleCredentials(response: ServerResponse, accessToken: string, query: string): void {
  const session = findRow('access', accessToken, findSessionRow);
  const parameters = new URLSearchParams(query);
  const [accountId, roleName] = [parameters.get('account_id'), parameters.get('role_name')];
  if (session === undefined || accountId === null || roleName === null) {
    sendJson(response, 401, { message: 'Session token not found or invalid' });
    return;
  }
  const accessKeyId = `ASIA${random(10).toString('hex').slice(0, 16).toUpperCase()}`;
  const expiration = Date.now() + 3_600_000;
  const stated = JSON.stringify([accessKeyId, accountId, roleName, session.id, expiration]);
  const sessionToken = `${Buffer.from(stated).toString('base64url')}.${mac(stated, session.salt).toString('base64url')}`;
  const secretAccessKey = mac(sessionToken, session.salt).subarray(0, 30).toString('base64');
  log(
    { level: 30, time: Date.now(), audit: 'roleCredentialsIssued', accountId, roleName, accessKeyId },
    { isAudit: true },
  );
  sendJson(response, 200, { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration } });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly query: string;
  readonly body: string;
  readonly response: ServerResponse;
}

const routes: Record<string, (exchange: Exchange) => void> = {
  'POST /client/register': ({ response }) =>
    sendJson(response, 200, { clientId: randomUUID(), clientSecret: randomUUID() }),

  'POST /device_authorization'({ body, response }) {
    if (parseInput(body) === undefined) sendJson(response, 400, { error: 'invalid_request' });
    else startDeviceAuthorization(response);
  },

  'POST /token'({ body, response }) {
    const { deviceCode, refreshToken } = parseInput(body) ?? {};
    if (deviceCode !== undefined) redeemDeviceCode(response, deviceCode);
    else refresh(response, refreshToken ?? '');
  },

  'GET /federation/credentials': ({ request, query, response }) =>
    getRoleCredentials(response, String(request.headers['x-amz-sso_bearer_token']), query),

  'GET /sign-in': ({ response }) => sendForm(response, '/sign-in', 'to', '/'),

  'POST /sign-in'({ response }) {
    response.setHeader('Set-Cookie', 'session=none');
    redirect(response, '/');
  },

  /** The link leads on to an address without the code, as Latchkey's does. */
  'GET /device'({ query, response }) {
    const parameters = new URLSearchParams(query);
    const userCode = parameters.get('user_code');
    if (userCode !== null) {
      redirect(response, `/device?request=${Number(userCode)}`);
      return;
    }
    const id = parameters.get('request') ?? '';
    findDevice.get(Number(id));
    sendForm(response, '/device', 'request', id);
  },

  'POST /device'({ body, response }) {
    const id = Number(new URLSearchParams(body).get('request'));
    write(
      () => approveDevice.run(id),
      () => redirect(response, '/device/allowed'),
    );
  },

  'GET /device/allowed': ({ response }) => send(response, 200, 'text/html', 'Allowed'),
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    const [path, query = ''] = (request.url ?? '/').split('?');
    const route = routes[`${request.method} ${path}`];
    const startedAtMs = performance.now();
    response.once('finish', () => {
      const ms = Math.round((performance.now() - startedAtMs) * 10) / 10;
      const { method } = request;
      const address = request.socket.remoteAddress;
      const { statusCode: status } = response;
      log({ level: 30, time: Date.now(), method, path, status, ms, address, requestId: randomUUID() });
    });
    if (route === undefined) sendJson(response, 404, { message: 'Not found' });
    else route({ request, query, body, response });
  });
});
server.listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => db.close());
  server.closeAllConnections();
});
