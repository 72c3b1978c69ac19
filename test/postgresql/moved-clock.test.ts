import assert from 'node:assert/strict';
import {
  type Instance,
  poll,
  portal,
  post,
  refresh,
  register,
  startDevice,
} from '../../packages/server/src/http/testing/api.ts';
import { testStand } from './harness/stand.ts';

/** How long a session lasts by default. */
const SESSION_SECONDS = 8 * 60 * 60;
/** How long a device code lasts by default. */
const CODE_SECONDS = 600;

const advance = async (server: Instance, advanceSeconds: number) => {
  assert.equal((await post(server, '/testing/clock', { advanceSeconds })).status, 200);
};

testStand(
  'codes, tokens and sessions in PostgreSQL end by the clock of the server, as over SQLite',
  async (stand) => {
    await stand.init();
    const server = await stand.serve('data', {}, { more: ['--testing'] });
    const client = await register(server);
    const late = await startDevice(server, client);
    const device = await startDevice(server, client);
    await post(server, '/testing/approve', { userCode: device.userCode, userName: 'alice' });
    const first = (await poll(server, client, device.deviceCode)).members;

    await advance(server, CODE_SECONDS);
    const expired = await poll(server, client, late.deviceCode);
    assert.deepEqual([expired.status, expired.members['error']], [400, 'expired_token']);

    await advance(server, Number(first['expiresIn']));
    const accounts = (token: unknown) => portal(server, '/assignment/accounts', String(token));
    assert.equal((await accounts(first['accessToken'])).status, 401);
    const second = (await refresh(server, client, String(first['refreshToken']))).members;
    assert.equal((await accounts(second['accessToken'])).status, 200);

    await advance(server, SESSION_SECONDS);
    assert.equal((await accounts(second['accessToken'])).status, 401);
    const over = await refresh(server, client, String(second['refreshToken']));
    assert.deepEqual([over.status, over.members['error']], [400, 'invalid_grant']);
    await server.stop();
  },
);
