import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import fc from 'fast-check';
import manifest from '../../package.json' with { type: 'json' };
import type { AuditEvent } from '../audit/audit.ts';
import { anyCharacter } from '../fixtures/any-character.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { aliceId, newUser, someEntries, uuid } from '../store/testing/directory/fixtures.ts';
import { connectControl } from './control-client.ts';
import { MAX_REQUEST_BYTES } from './operations.ts';
import { type ControlBounds, serveControl } from './serve-control.ts';
import { findSocket } from './socket-place.ts';
import { openStoreDirectory } from './store-directory.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

/** Serves the directory of a store that has a few entries of the source `command`. */
async function startControl(bounds: Partial<ControlBounds> = {}) {
  const folder = temporaryFolder();
  const store = openSqliteStore(':memory:');
  const events: AuditEvent[] = [];
  const failures: unknown[] = [];
  const directory = openStoreDirectory({
    store,
    audit: { record: (event) => void events.push(event) },
    now: () => NOW_MS,
    host: { release: manifest.version, instanceId: 'ssoins-7e57000000000001' },
    baseUrl: 'https://sso.example.com',
  });
  await directory.changeDirectory({ id: randomUUID(), actor: 'test', steps: someEntries });
  const server = await serveControl(folder.path, directory, {
    onFailure: (error) => failures.push(error),
    bounds,
  });
  const socket = join(folder.path, 'control/socket');
  return {
    ...{ socket, folder: folder.path, store, events, failures, close: () => server.close() },
    async [Symbol.asyncDispose]() {
      await server.close();
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

const shared = await startControl();
after(() => shared[Symbol.asyncDispose]());

/** Sends a request as it is. @returns status and body of the answer */
async function post(socketPath: string, path: string, body: string | Uint8Array, method = 'POST') {
  const request = httpRequest({ socketPath, path, method, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  return { status: response.statusCode, ...JSON.parse(await text(response)) };
}

async function connected(socket: string) {
  const client = await connectControl(socket);
  assert.ok(client !== undefined);
  return client;
}

test('the control socket has mode 0600 and is removed when the server closes', async () => {
  await using control = await startControl();
  const { socket, close } = control;
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  await close();
  assert.ok(!existsSync(socket));
});

test('a command reads and changes the directory through the control socket', async () => {
  await using control = await startControl();
  const { socket, store, events } = control;
  const client = await connected(socket);
  const change = {
    id: randomUUID(),
    actor: 'command:root',
    steps: [{ kind: 'blockUser', userId: aliceId }] as const,
  };
  assert.equal((await client.changeDirectory(change)).kind, 'changed');
  const [alice, nobody] = await client.findEntries('user', { names: ['ALICE', 'nobody'] });
  assert.equal(nobody, null);
  assert.deepEqual(alice?.blocked, { by: 'command:root', atMs: NOW_MS });
  assert.equal(await store.findUser(aliceId), undefined, 'the person is nobody at once');
  assert.deepEqual(events.at(-1), {
    event: 'directoryChanged',
    step: 'blockUser',
    did: 'changed',
    source: 'command',
    actor: 'command:root',
    userId: aliceId,
    userName: 'alice',
  });
  client.close();
});

test('lists come with the names that their entries refer to', async () => {
  const client = await connected(shared.socket);
  const groupId = uuid(0x9);
  const assignment = { accountId: '123456789012', permissionSetId: 'ps-0000000000000001' };
  await client.changeDirectory({
    id: randomUUID(),
    actor: 'test',
    steps: [
      { kind: 'addGroup', group: { id: groupId, name: 'readers', externalIds: [] } },
      { kind: 'addMembership', userId: aliceId, groupId },
      { kind: 'addAssignment', principal: { groupId }, ...assignment },
    ],
  });
  const [alice] = await client.listEntries('user', { limit: 1 });
  assert.deepEqual([alice?.userName, alice?.groups], ['alice', ['readers']]);
  const [membership] = await client.listEntries('membership', { limit: 1, of: { groupId } });
  assert.deepEqual([membership?.userName, membership?.groupName], ['alice', 'readers']);
  const [assigned] = await client.listEntries('groupAssignment', { limit: 1 });
  const { principalName, accountName, roleName } = assigned!;
  assert.deepEqual([principalName, accountName, roleName], ['readers', 'Production', 'ReadOnly']);
  const [path] = await client.explainAccess(aliceId, '123456789012', 'ReadOnly');
  assert.equal(path?.group?.name, 'readers');
  assert.deepEqual(await client.findPasswordHashes([aliceId]), [null]);
  assert.equal((await client.countEntries()).groupAssignment, 1);
  client.close();
});

test('a change that is sent again under its id is made once', async () => {
  const client = await connected(shared.socket);
  const steps = [{ kind: 'addUser', user: newUser('carol') }] as const;
  const change = { id: randomUUID(), actor: 'test', steps };
  const first = await client.changeDirectory(change);
  assert.deepEqual(await client.changeDirectory(change), first);
  client.close();
});

test('the audit events of a command have no password, and no hash of one', async () => {
  const client = await connected(shared.socket);
  const hash =
    '$argon2id$v=19$m=47104,t=1,p=1$5ZYKP5qLOZumrKuPKrN1nw$n+FPVV7b0mxn1oV3LHxJD4+qHQx6G9h/4GaNoPp2pCw';
  await client.changeDirectory({
    id: randomUUID(),
    actor: 'test',
    steps: [
      { kind: 'addUser', user: newUser('frank', { passwordHash: hash }) },
      { kind: 'setPassword', userId: aliceId, hash },
    ],
  });
  const events = shared.events.slice(-2);
  assert.deepEqual(
    events.map((event) => 'step' in event && [event.step, event.userName]),
    [
      ['addUser', 'frank'],
      ['setPassword', 'alice'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(events), /argon2id/);
  client.close();
});

test('a folder whose server was killed has no server to talk to', async () => {
  using folder = temporaryFolder();
  const { socket, [Symbol.asyncDispose]: stop } = await startControl();
  await stop();
  assert.equal(await connectControl(socket), undefined);
  // A socket that is there, and to which nobody listens.
  const left = join(folder.path, 'socket');
  const script = `require('net').createServer().listen(${JSON.stringify(left)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['--eval', script]), 'exit');
  assert.ok(existsSync(left));
  assert.equal(await connectControl(left), undefined);
});

test('a server of another version of the protocol is named with its release', async () => {
  using folder = temporaryFolder();
  const socket = join(folder.path, 'socket');
  const body = JSON.stringify({ fault: 'otherVersion', message: 'Another version', release: '7.8.9' });
  await using server = createServer((connection) => {
    connection.once('data', () =>
      connection.end(`HTTP/1.1 404 Not Found\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
    );
  }).listen(socket);
  await once(server, 'listening');
  await assert.rejects(connectControl(socket), {
    name: 'ControlError',
    message: new RegExp(`is Latchkey 7\\.8\\.9, and this command is of ${manifest.version}`),
  });
});

test('a request of another version of the protocol is refused with the release of the server', async () => {
  const { status, fault, release } = await post(shared.socket, '/control/2/describe', '[]');
  assert.deepEqual([status, fault, release], [404, 'otherVersion', manifest.version]);
});

for (const [what, path, body, expected] of [
  ['no operation', '/control/1/constructor', '[]', /No such operation/],
  ['another path', '/', '[]', /No such operation/],
  ['no JSON', '/control/1/describe', '{', /not JSON/],
  ['too many arguments', '/control/1/describe', '[1]', /describe: /],
  ['a page that is too long', '/control/1/listEntries', '["user",{"limit":101}]', /1\.limit: expected <=100/],
  [
    'a step of the file alone',
    '/control/1/changeDirectory',
    `["${'x'}"]`,
    /changeDirectory: 0: expected Object/,
  ],
] as const) {
  test(`a request of the control socket with ${what} is refused, and says what was expected`, async () => {
    const { status, fault, message } = await post(shared.socket, path, body);
    assert.deepEqual([status, fault], [400, 'badRequest']);
    assert.match(message, expected);
  });
}

for (const [what, step, expected] of [
  ['letGo', { kind: 'letGo', entry: { kind: 'user', id: aliceId } }, /steps\.0\.kind: expected/],
  ['a version', { kind: 'addUser', user: { ...newUser('eve'), version: 'x' } }, /version: expected never/],
  [
    'a name that is none',
    { kind: 'addUser', user: newUser('with space') },
    /userName: expected 2 to 64 letters/,
  ],
  [
    'a hash that is none',
    { kind: 'setPassword', userId: aliceId, hash: 'hunter22' },
    /hash: expected an argon2id hash/,
  ],
] as const) {
  test(`a change with ${what} is refused at the control socket, and nothing of it is quoted`, async () => {
    const change = { id: randomUUID(), actor: 'test', steps: [step] };
    const answer = await post(shared.socket, '/control/1/changeDirectory', JSON.stringify([change]));
    assert.equal(answer.status, 400);
    assert.match(answer.message, expected);
    assert.doesNotMatch(answer.message, /hunter22|with space/);
  });
}

test('a request that is too large is refused, and the server goes on', async () => {
  const large = JSON.stringify(['x'.repeat(MAX_REQUEST_BYTES)]);
  const answer = await post(shared.socket, '/control/1/describe', large).catch((error) => error.code);
  // The answer may be lost where the connection closes while the rest is being sent.
  assert.ok(answer === 'EPIPE' || answer === 'ECONNRESET' || answer.fault === 'tooLarge', `${answer}`);
  assert.equal((await post(shared.socket, '/control/1/describe', '[]')).status, 200);
});

test('a connection beyond the bound is closed, and others go on', async () => {
  await using control = await startControl({ maxConnections: 2 });
  const { socket } = control;
  const held = [await openConnection(socket), await openConnection(socket)];
  const third = createConnection(socket);
  third.on('error', () => {});
  await once(third, 'close');
  held[0]?.destroy();
  held[1]?.write('POST /control/1/describe HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n[]');
  assert.match(String(await once(held[1]!, 'data')), /^HTTP\/1\.1 200/);
  held[1]?.destroy();
});

async function openConnection(socket: string): Promise<Socket> {
  const connection = createConnection(socket);
  await once(connection, 'connect');
  return connection;
}

test('a request that does not arrive in time, and a connection on which nothing is sent, are closed', async () => {
  await using control = await startControl({
    // wall-clock: Node's own timeouts; the test waits until both have passed
    ...{ requestTimeoutMs: 20, idleTimeoutMs: 40, checkTimeoutsMs: 10 },
  });
  const { socket, failures } = control;
  const slow = await openConnection(socket);
  slow.write('POST /control/1/describe HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n[');
  const idle = await openConnection(socket);
  slow.resume();
  idle.resume();
  await Promise.all([once(slow, 'close'), once(idle, 'close')]);
  assert.deepEqual(failures, []);
});

test('a failure of the store is told as such, and the log has it', async () => {
  await using control = await startControl();
  const { socket, store, failures } = control;
  store.countEntries = () => Promise.reject(new Error('disk I/O error'));
  const { status, fault, message } = await post(socket, '/control/1/countEntries', '[]');
  assert.deepEqual([status, fault, message], [500, 'failed', 'The server failed: its log says why']);
  assert.equal(failures.length, 1);
});

const json = fc.json({ maxDepth: 6 });
const operation = fc.constantFrom(
  ...['describe', 'findEntries', 'findPasswordHashes', 'listEntries', 'countEntries', 'explainAccess'],
  ...['searchSessions', 'findSession', 'endSession', 'revokeRole', 'makeLink', 'findLinkOf', 'revokeLink'],
  ...['changeDirectory', '__proto__', 'toString', '%00', ''],
);
const step = fc.record(
  {
    kind: fc.constantFrom(
      'addUser',
      'changeUser',
      'removeUser',
      'blockUser',
      'setPassword',
      'addMembership',
      'letGo',
    ),
    id: fc.oneof(fc.constant(aliceId), fc.string({ unit: anyCharacter })),
    userId: fc.oneof(fc.constant(aliceId), fc.string({ unit: anyCharacter })),
    groupId: fc.anything(),
    hash: fc.oneof(fc.constant(null), fc.string()),
    user: fc.record(
      { userName: fc.string({ unit: anyCharacter }), emails: fc.anything() },
      { requiredKeys: [] },
    ),
    values: fc.anything(),
  },
  { requiredKeys: ['kind'] },
);
const change = fc
  .record({ id: fc.oneof(fc.uuid(), fc.string()), actor: fc.string(), steps: fc.array(step) })
  .map((value) => JSON.stringify([value]) ?? '');

test('whatever is sent to the control socket is answered by a result or a fault, never by a failure', async () => {
  await using control = await startControl();
  const { socket, failures } = control;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constant('changeDirectory'), operation),
      fc.oneof(json, change, fc.string({ unit: anyCharacter })),
      async (name, body) => {
        const answer = await post(socket, `/control/1/${encodeURI(name)}`, body);
        assert.ok([200, 400].includes(answer.status), JSON.stringify(answer));
      },
    ),
    { numRuns: 300, seed: 20_260_101 },
  );
  assert.deepEqual(failures, []);
});

test('bytes that are no HTTP end their connection alone', async () => {
  await using control = await startControl();
  const { socket, failures } = control;
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      const connection = await openConnection(socket);
      connection.on('error', () => {}).resume();
      connection.end(bytes);
      await once(connection, 'close');
    }),
    { numRuns: 100, seed: 20_260_101 },
  );
  assert.equal((await post(socket, '/control/1/describe', '[]')).status, 200);
  assert.deepEqual(failures, []);
});

test('a command whose store cannot be reached is answered 503 with what to do, and the server has no failure to log', async () => {
  await using control = await startControl();
  const { socket, store, failures } = control;
  const client = await connected(socket);
  store.findEntry = async () => {
    throw new StoreUnavailable({ cause: new Error('connect ECONNREFUSED 192.0.2.1:5432') });
  };
  const message = 'The store cannot be reached. What you asked may have happened; asking again is safe';
  const lookup = JSON.stringify(['user', { names: ['alice'] }]);
  assert.deepEqual(await post(socket, '/control/1/findEntries', lookup), {
    ...{ status: 503, fault: 'unavailable' },
    ...{ message, release: manifest.version },
  });
  await assert.rejects(client.findEntries('user', { names: ['alice'] }), { name: 'ControlError', message });
  assert.deepEqual(failures, []);
  client.close();
});

test('closing the server finishes the changes in flight', async () => {
  await using control = await startControl();
  const { socket, store, close } = control;
  const client = await connected(socket);
  const steps = [{ kind: 'addUser', user: newUser('last') }] as const;
  const changing = client.changeDirectory({ id: randomUUID(), actor: 'test', steps });
  // The request has arrived once a later one on another connection is answered.
  await post(socket, '/control/1/describe', '[]');
  await close();
  assert.equal((await changing).kind, 'changed');
  assert.ok(await store.findEntry('user', { nameKey: 'last' }));
  client.close();
});

test('the control socket of a data folder is found by its commands', () => {
  assert.deepEqual(findSocket(shared.folder), { kind: 'found', socket: shared.socket });
});
