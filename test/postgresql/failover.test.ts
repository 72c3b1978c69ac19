import assert from 'node:assert/strict';
import { chownSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type Answer,
  type Instance,
  poll,
  portal,
  refresh,
  register,
  startDevice,
} from '../../packages/server/src/http/testing/api.ts';
import { makeCertificate, skipWithoutOpenssl } from '../../packages/server/src/http/testing/certificates.ts';
import { administer } from './harness/administer.ts';
import { type PostgresqlServer, startPostgresql, startStandby } from './harness/server.ts';
import { allow, testStand } from './harness/stand.ts';

const ROLE = 'app';
const PASSWORD = 'only for this test';
const STANDBY = 'standby1';

/** A primary as the guide has it: TLS with a certificate of its own, and a role that owns its database and nothing else. */
async function startPrimary(): Promise<{ readonly primary: PostgresqlServer; readonly certFile: string }> {
  const primary = await startPostgresql();
  const data = path.join(primary.folder, 'data');
  const { certFile, keyFile } = makeCertificate(primary.folder, 'localhost');
  const { uid, gid } = statSync(data);
  for (const file of [certFile, keyFile]) chownSync(file, uid, gid);
  const lines = [
    'host     all          latchkey  127.0.0.1/32  scram-sha-256', // the superuser of the tests
    'host     replication  latchkey  127.0.0.1/32  scram-sha-256',
    `hostssl  ${ROLE}  ${ROLE}  127.0.0.1/32  scram-sha-256`,
  ];
  writeFileSync(path.join(data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
  await administer(
    primary,
    `ALTER SYSTEM SET ssl_cert_file = '${certFile}'`,
    `ALTER SYSTEM SET ssl_key_file = '${keyFile}'`,
    'ALTER SYSTEM SET ssl = on',
    'SELECT pg_reload_conf()',
    `CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}' NOSUPERUSER NOCREATEDB NOCREATEROLE`,
    `CREATE DATABASE ${ROLE} OWNER ${ROLE} ENCODING 'UTF8' TEMPLATE template0`,
    `REVOKE CONNECT ON DATABASE ${ROLE} FROM PUBLIC`,
  );
  return { primary, certFile };
}

/** Signs alice in on a device. */
async function signIn(server: Instance) {
  const client = await register(server);
  const { deviceCode, userCode } = await startDevice(server, client);
  await allow(server, userCode);
  const { accessToken, refreshToken } = (await poll(server, client, deviceCode)).members;
  return { client, accessToken: String(accessToken), refreshToken: String(refreshToken) };
}

/** Asks as AWS SDKs do: again where the answer is 503. */
async function ask(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
  }
}

const accounts = (server: Instance, token: string) => portal(server, '/assignment/accounts', token);

testStand(
  'servers reach a role that is let in by TLS alone, and after a failover to a synchronous standby nobody is signed out, and nobody in again',
  async (stand) => {
    const { primary, certFile } = await startPrimary();
    await using _ = primary;
    const plain = `postgres://${ROLE}:${encodeURIComponent(PASSWORD)}@localhost:${primary.port}/${ROLE}`;
    stand.env['LATCHKEY_STORE'] = plain;
    const refused = await stand.run(['store', 'init']);
    assert.match(refused.stderr, /does not let the user "app" in: .* a line of pg_hba\.conf .* and TLS/);

    await using standby = await startStandby(primary, STANDBY);
    await administer(
      primary,
      `ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (${STANDBY}, standby2)'`,
      'SELECT pg_reload_conf()',
    );
    const hosts = `localhost:${primary.port},localhost:${standby.port}`;
    stand.env['LATCHKEY_STORE'] =
      `${plain.replace(`localhost:${primary.port}`, hosts)}?sslmode=verify-full&sslrootcert=${certFile}`;
    await stand.init();
    const [replication] = await administer(primary, 'SELECT sync_state FROM pg_stat_replication');
    assert.equal(replication?.['sync_state'], 'quorum');

    const servers = [await stand.serve('one'), await stand.serve('two')] as const;
    const [one, two] = servers;
    const kept = await signIn(one);
    const ended = await signIn(two);
    assert.equal((await portal(two, '/logout', ended.accessToken, 'POST')).status, 200);
    await primary.kill();
    assert.deepEqual(await administer(standby, 'SELECT pg_promote()'), [{ pg_promote: true }]);
    for (const server of servers) {
      assert.equal((await ask(() => accounts(server, kept.accessToken))).status, 200);
      assert.equal((await ask(() => accounts(server, ended.accessToken))).status, 401);
    }
    const refreshed = await ask(() => refresh(two, kept.client, kept.refreshToken));
    assert.equal(refreshed.status, 200, refreshed.text);
    assert.equal((await accounts(one, String(refreshed.members['accessToken']))).status, 200);
    assert.equal((await fetch(`${one.url}/readyz`)).status, 200);

    // It can commit nothing without its standby, so nobody is told of anything that only it knows; servers stay with the new one.
    await primary.start();
    const waits = await stand.run(['user', 'block', 'alice', '--data-dir', 'elsewhere']);
    assert.equal(waits.code === 0, false, waits.stdout);
    assert.match(waits.stderr, /^The store cannot be used now\. .*synchronous_standby_names.*\n$/);
    assert.equal((await accounts(one, String(refreshed.members['accessToken']))).status, 200);
    await Promise.all(servers.map((server) => server.stop()));
    stand.assertNoSecret();
  },
  { skip: skipWithoutOpenssl },
);
