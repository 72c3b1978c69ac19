/**
 * The limit server: the least that a Node server must do to answer the same requests durably. It parses, hashes, looks up a
 * row by a rising key, writes at most once (with one commit for each tick of the event loop), and answers. It checks nothing
 * else.
 *
 * Usage: `limit.ts DATA_DIR PORT`
 */
import { hash, randomFillSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const [dataDir = '.', port] = process.argv.slice(2);

const db = new DatabaseSync(join(dataDir, 'limit.db'));
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS device (
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL, approved INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS session (
    id INTEGER PRIMARY KEY, access_hash BLOB NOT NULL, refresh_hash BLOB NOT NULL
  ) STRICT;
`);
const insertDevice = db.prepare('INSERT INTO device (hash) VALUES (?)');
const approveDevice = db.prepare('UPDATE device SET approved = 1 WHERE id = ?');
const findDevice = db.prepare('SELECT hash, approved FROM device WHERE id = ?');
const insertSession = db.prepare('INSERT INTO session (access_hash, refresh_hash) VALUES (?, ?)');
const findSession = db.prepare('SELECT access_hash, refresh_hash FROM session WHERE id = ?');

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

const randomPool = Buffer.alloc(8192);
let randomUsed = randomPool.length;

function secret(): string {
  if (randomUsed === randomPool.length) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  randomUsed += 32;
  return randomPool.toString('base64url', randomUsed - 32, randomUsed);
}

const sha256 = (text: string) => hash('sha256', text, 'buffer');

/** Parses a token: `<row id>.<secret>`. */
function parseToken(token: string): { id: number; hash: Buffer } {
  const dot = token.indexOf('.');
  return { id: Number(token.slice(0, dot)), hash: sha256(token.slice(dot + 1)) };
}

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

function startDeviceAuthorization(response: ServerResponse): void {
  const deviceSecret = secret();
  const deviceHash = sha256(deviceSecret);
  write(
    () => insertDevice.run(deviceHash).lastInsertRowid,
    (id) =>
      sendJson(response, 200, {
        deviceCode: `${id}.${deviceSecret}`,
        userCode: String(id).padStart(8, '0'),
        verificationUri: `http://localhost:${port}/device`,
        verificationUriComplete: `http://localhost:${port}/device?user_code=${id}`,
        expiresIn: 600,
        interval: 1,
      }),
  );
}

function redeemDeviceCode(response: ServerResponse, deviceCode: string): void {
  const presented = parseToken(deviceCode);
  const device = findDevice.get(presented.id);
  if (device === undefined || !presented.hash.equals(device['hash'] as Uint8Array)) {
    sendJson(response, 400, { error: 'invalid_grant' });
  } else if (device['approved'] === 0) {
    sendJson(response, 400, { error: 'authorization_pending' });
  } else {
    issueTokens(response);
  }
}

function refresh(response: ServerResponse, refreshToken: string): void {
  const presented = parseToken(refreshToken);
  const session = findSession.get(presented.id);
  if (session === undefined || !presented.hash.equals(session['refresh_hash'] as Uint8Array)) {
    sendJson(response, 400, { error: 'invalid_grant' });
  } else {
    issueTokens(response);
  }
}

function issueTokens(response: ServerResponse): void {
  const [access, refresh] = [secret(), secret()];
  const [accessHash, refreshHash] = [sha256(access), sha256(refresh)];
  write(
    () => insertSession.run(accessHash, refreshHash).lastInsertRowid,
    (id) =>
      sendJson(response, 200, {
        accessToken: `${id}.${access}`,
        refreshToken: `${id}.${refresh}`,
        tokenType: 'Bearer',
        expiresIn: 3600,
      }),
  );
}

function getRoleCredentials(response: ServerResponse, accessToken: string): void {
  const presented = parseToken(accessToken);
  const session = findSession.get(presented.id);
  if (session === undefined || !presented.hash.equals(session['access_hash'] as Uint8Array)) {
    sendJson(response, 401, { message: 'Session token not found or invalid' });
  } else {
    sendJson(response, 200, {
      roleCredentials: {
        accessKeyId: 'ASIAEXAMPLEEXAMPLE77',
        secretAccessKey: 'x'.repeat(40),
        sessionToken: 'x'.repeat(200),
        expiration: 1_800_000_000_000,
      },
    });
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly query: string;
  readonly body: string;
  readonly response: ServerResponse;
}

const routes: Record<string, (exchange: Exchange) => void> = {
  'POST /client/register': ({ response }) =>
    sendJson(response, 200, { clientId: secret(), clientSecret: secret() }),

  'POST /device_authorization'({ body, response }) {
    JSON.parse(body);
    startDeviceAuthorization(response);
  },

  'POST /token'({ body, response }) {
    const input: { deviceCode?: string; refreshToken?: string } = JSON.parse(body);
    if (input.deviceCode !== undefined) redeemDeviceCode(response, input.deviceCode);
    else refresh(response, input.refreshToken ?? '');
  },

  'GET /federation/credentials': ({ request, response }) =>
    getRoleCredentials(response, String(request.headers['x-amz-sso_bearer_token'])),

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
    if (route === undefined) sendJson(response, 404, { message: 'Not found' });
    else route({ request, query, body, response });
  });
});
server.listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => db.close());
  server.closeAllConnections();
});
