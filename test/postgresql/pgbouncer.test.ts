import assert from 'node:assert/strict';
import { poll, portal, refresh, register, startDevice } from '../../packages/server/src/http/testing/api.ts';
import { skipWithoutPgbouncer, startPgbouncer } from './harness/pgbouncer.ts';
import { allow, testStand } from './harness/stand.ts';

testStand(
  'people sign in at a server that reaches PostgreSQL through PgBouncer in session mode',
  async (stand) => {
    await using pooler = await startPgbouncer(stand.url, 'session');
    stand.env['LATCHKEY_STORE'] = pooler.url;
    await stand.init();
    const server = await stand.serve('data');
    const client = await register(server);
    const { deviceCode, userCode } = await startDevice(server, client);
    await allow(server, userCode);
    const { accessToken, refreshToken } = (await poll(server, client, deviceCode)).members;
    assert.equal((await portal(server, '/assignment/accounts', String(accessToken))).status, 200);
    assert.equal((await refresh(server, client, String(refreshToken))).status, 200);
    await server.stop();
    const again = await stand.serve('data');
    assert.equal((await portal(again, '/assignment/accounts', String(accessToken))).status, 200);
    assert.doesNotMatch(await again.stop(), /"level":"?(?:error|50)/);
  },
  { skip: skipWithoutPgbouncer },
);

testStand(
  'a server and commands refuse PgBouncer in transaction mode, and say what to do',
  async (stand) => {
    await stand.init();
    await using pooler = await startPgbouncer(stand.url, 'transaction');
    stand.env['LATCHKEY_STORE'] = pooler.url;
    for (const args of [
      ['serve', '--port', '0', '--data-dir', 'data'],
      ['user', 'list', '--data-dir', 'data'],
      ['store', 'check'],
    ]) {
      const { code, stderr } = await stand.run(args);
      assert.equal(code === 0, false, args.join(' '));
      assert.match(stderr, /a pooler between hands on sessions .* pool_mode = session/, args.join(' '));
    }
  },
  { skip: skipWithoutPgbouncer },
);
