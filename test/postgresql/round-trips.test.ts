import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext, origin } from '../../packages/server/src/fixtures/test-context.ts';
import {
  askFromDevice,
  poll,
  refresh,
  register,
  signInWithDevice,
} from '../../packages/server/src/grants/testing/steps.ts';
import { findAccess } from '../../packages/server/src/grants/tokens.ts';
import type { IncomingRequest } from '../../packages/server/src/http/route.ts';
import { handleGetRoleCredentials } from '../../packages/server/src/sso/get-role-credentials.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import { START_MS } from '../../packages/server/src/store/testing/rows.ts';
import { startCuttingProxy } from './harness/cutting-proxy.ts';
import { newDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

test('a poll and role credentials ask PostgreSQL once, a refresh twice', {
  skip: skipWithoutPostgresql,
}, async () => {
  await using database = await newDatabase();
  const url = new URL(database.url);
  await using proxy = await startCuttingProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const store = await openPostgresqlStore(parseConnectionUrl(url.href), {
    ...{ release: 'of tests', now: () => START_MS, onOutdated: assert.fail },
    onFailure: (error) => assert.fail(String(error)),
  });
  const context = await createTestContext({ store });
  const client = register(context);
  const { accessToken, refreshToken } = await signInWithDevice(context, client);
  const { deviceCode } = await askFromDevice(context, client);
  // Each of the connections is made, and set up, when it is first used.
  for (let time = 0; time < 8; time += 1) await findAccess(context, accessToken);
  const getCredentials = (roleName: string) =>
    handleGetRoleCredentials(
      { accessToken, accountId: '111122223333', roleName },
      { context, request: { origin } as IncomingRequest },
    );
  const statementsOf = async (act: () => Promise<unknown>) => {
    const before = proxy.statements;
    await act();
    return proxy.statements - before;
  };
  assert.equal(await statementsOf(() => poll(context, client, deviceCode).catch(() => undefined)), 1);
  assert.equal(await statementsOf(() => getCredentials('Developer')), 1);
  assert.equal(await statementsOf(() => assert.rejects(getCredentials('Admin'), /No access/)), 1);
  assert.equal(await statementsOf(() => refresh(context, client, refreshToken)), 2);
  await store.close();
});
