import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { runLatchkey, spawnLatchkey } from '../../packages/server/src/cli/testing/child-process.ts';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import {
  type Instance,
  poll,
  portal,
  post,
  refresh,
  register,
  startDevice,
} from '../../packages/server/src/http/testing/api.ts';
import { fillTables } from '../../packages/server/src/store/testing/fill-tables.ts';
import { serve, writeConfig } from '../serving.ts';
import { newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

const options = { skip: skipWithoutPostgresql };

/** A machine with the configuration of an instance, and a database to which its store is moved. */
class Machine {
  readonly folder: string;
  readonly #t: TestContext;
  readonly #onPostgresql: Readonly<Record<string, string>>;

  constructor(t: TestContext, folder: string, { url }: TestDatabase) {
    this.#t = t;
    this.folder = folder;
    const secret = { LATCHKEY_MASTER_SECRET: randomBytes(32).toString('base64') };
    this.#onPostgresql = { ...secret, LATCHKEY_STORE: url };
    writeConfig(folder, { userName: 'alice' });
    writeFileSync(path.join(folder, 'store-url'), `${url}\n`);
  }

  serve(store: 'sqlite' | 'postgresql') {
    const env = store === 'postgresql' ? this.#onPostgresql : {};
    return serve(this.#t, this.folder, { args: ['--testing', '--data-dir', 'data'], env });
  }

  /** Runs a server with the store in PostgreSQL, which is to end by itself. */
  runServe() {
    const args = ['serve', '--port', '0', '--config', 'latchkey.yaml', '--data-dir', 'data'];
    return runLatchkey(this.folder, args, { env: this.#onPostgresql });
  }

  /** Runs `latchkey store`. */
  store(...args: readonly string[]) {
    const { LATCHKEY_STORE: _, ...env } = this.#onPostgresql;
    return runLatchkey(this.folder, ['--config', 'latchkey.yaml', 'store', ...args], { env });
  }

  /** Starts `latchkey store`, for a test that ends it. */
  spawnStore(...args: readonly string[]) {
    const { LATCHKEY_STORE: _, ...env } = this.#onPostgresql;
    return spawnLatchkey(this.folder, ['--config', 'latchkey.yaml', 'store', ...args], env);
  }
}

async function approve(server: Instance, userCode: string): Promise<void> {
  await post(server, '/testing/approve', { userCode, userName: 'alice' });
}

async function assertTakes(server: Instance, accessToken: unknown): Promise<void> {
  assert.equal((await portal(server, '/assignment/accounts', String(accessToken))).status, 200);
}

test(
  'clients that signed in before go on, and a device that waits is answered, after a move to PostgreSQL and after one back',
  options,
  async (t) => {
    using folder = temporaryFolder();
    await using database = await newDatabase();
    const machine = new Machine(t, folder.path, database);
    const first = await machine.serve('sqlite');
    const client = await register(first);
    const device = await startDevice(first, client);
    await approve(first, device.userCode);
    let tokens = (await poll(first, client, device.deviceCode)).members;
    const before = tokens;
    const waiting = [await startDevice(first, client), await startDevice(first, client)] as const;
    await first.stop('SIGTERM');

    const there = await machine.store('copy', 'data', 'store-url');
    assert.deepEqual([there.code, there.stderr], [0, '']);
    assert.match(
      there.stdout,
      /^Copied ssoins-[0-9a-f]{16} from \S*data to the database "latchkey_[0-9a-f]+" at 127\.0\.0\.1:\d+: \d+ rows of \d+ tables, each compared, and 1 key\.\nStart servers with the new store alone, and never again with \S*data\.\n$/,
    );
    const old = path.join(folder.path, 'old');
    mkdirSync(old);
    for (const name of ['latchkey.db', 'keys.json', 'instance-id'])
      renameSync(path.join(folder.path, 'data', name), path.join(old, name));
    const second = await machine.serve('postgresql');
    await assertTakes(second, before['accessToken']);
    tokens = (await refresh(second, client, String(tokens['refreshToken']))).members;
    await assertTakes(second, tokens['accessToken']);
    await approve(second, waiting[0].userCode);
    const late = (await poll(second, client, waiting[0].deviceCode)).members;
    await assertTakes(second, late['accessToken']);
    const inUse = await machine.store('copy', 'store-url', 'data');
    assert.equal(inUse.code, 1);
    assert.match(
      inUse.stderr,
      /^the database "latchkey_[0-9a-f]+" at \S+ is in use: 1 server was seen in the last minute/,
    );
    await second.stop('SIGTERM');

    const back = await machine.store('copy', 'store-url', 'data', '--json');
    assert.deepEqual([back.code, back.stderr], [0, '']);
    const { instanceId, keys, tables } = JSON.parse(back.stdout);
    assert.equal(`${instanceId}\n`, readFileSync(path.join(old, 'instance-id'), 'utf8'));
    assert.equal(keys, 1);
    assert.ok(tables.every((each: { sha256: string }) => /^[0-9a-f]{64}$/.test(each.sha256)));
    const third = await machine.serve('sqlite');
    await assertTakes(third, before['accessToken']);
    await assertTakes(third, late['accessToken']);
    tokens = (await refresh(third, client, String(tokens['refreshToken']))).members;
    await assertTakes(third, tokens['accessToken']);
    await approve(third, waiting[1].userCode);
    await assertTakes(third, (await poll(third, client, waiting[1].deviceCode)).members['accessToken']);
    await third.stop('SIGTERM');
    for (const place of ['data', 'store-url', 'old']) {
      const { code, stdout, stderr } = await machine.store('check', place);
      assert.deepEqual([code, stderr], [0, ''], stdout);
      assert.match(
        stdout,
        /^Checked ssoins-[0-9a-f]{16}: \d+ rows of \d+ tables, and 1 key\nNothing is wrong\n$/,
      );
    }
  },
);

test(
  'a copy whose process is killed several times goes on each time, no server starts meanwhile, and the last one has every row',
  options,
  async (t) => {
    using folder = temporaryFolder();
    await using database = await newDatabase();
    const machine = new Machine(t, folder.path, database);
    const server = await machine.serve('sqlite');
    await server.stop('SIGTERM');
    const sqlite = new DatabaseSync(path.join(folder.path, 'data/latchkey.db'));
    for (const table of [
      'group_assignment',
      'user_assignment',
      'permission_set',
      'account',
      'directory_user',
    ])
      sqlite.exec(`DELETE FROM ${table}`);
    sqlite.exec('DELETE FROM directory_source');
    fillTables(sqlite, 2_500);
    sqlite.close();

    let seen = 0;
    for (let kills = 0; kills < 3; kills += 1) {
      const child = machine.spawnStore('copy', 'data', 'store-url');
      const ended = once(child, 'exit');
      const said = text(child.stderr);
      const reached = seen + 3_000;
      while (seen < reached && child.exitCode === null) seen = await copiedRows(database);
      child.kill(kills === 0 ? 'SIGTERM' : 'SIGKILL');
      assert.deepEqual(await ended, kills === 0 ? [130, null] : [null, 'SIGKILL']);
      if (kills === 0) assert.match(await said, /^Interrupted: what was copied stays/);
    }
    const refused = await machine.runServe();
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /A copy into this store was begun and is not finished: run the same/);
    const inBetween = await machine.store('check', 'store-url');
    assert.equal(inBetween.code, 1);
    assert.match(inBetween.stdout, /^store: a copy into it was begun and is not finished/m);
    const { code, stdout, stderr } = await machine.store('copy', 'data', 'store-url', '--json');
    assert.deepEqual([code, stderr], [0, '']);
    const rows = JSON.parse(stdout).tables.find(
      (each: { name: string }) => each.name === 'authorization',
    ).rows;
    assert.equal(rows, 2_500);
    assert.equal((await machine.store('check', 'store-url')).code, 0);
  },
);

/** How many rows a copy that runs has written. */
async function copiedRows({ sql }: TestDatabase): Promise<number> {
  try {
    const rows = await sql("SELECT value FROM store_copy WHERE name <> 'source'");
    return rows.reduce((sum, { value }) => sum + JSON.parse(String(value)).rows, 0);
  } catch {
    return 0; // The table is not there yet.
  }
}
