import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { TestClock } from './clock.ts';
import { testingRoutes } from './http-routes.ts';

/** Posts JSON to a route, as a program on this machine does unless `from` says otherwise. */
async function openRoutes() {
  const context = await createTestContext();
  const routes = testingRoutes(context, new TestClock());
  return async (
    path: string,
    body: object,
    from: { readonly address?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) => {
    const route = routes.find((candidate) => candidate.path === path);
    assert.ok(route);
    const response = await route.handle(
      {
        ...{ method: 'POST', path, query: '', oversized: false },
        headers: { host: 'localhost:8485', 'sec-fetch-mode': 'cors', ...from.headers },
        body: new TextEncoder().encode(JSON.stringify(body)),
        origin: { address: from.address ?? '127.0.0.1', userAgent: '', requestId: '' },
      },
      context,
    );
    return { status: response.status, members: JSON.parse(String(response.body)) };
  };
}

test('the testing routes let a program on this machine sign in as any user', async () => {
  const post = await openRoutes();
  const { status, members } = await post('/testing/sign-in', { userName: 'alice' });
  assert.equal(status, 200);
  assert.match(members.cookie, /^\S+=\S+$/);
});

test('the testing routes refuse other machines, browsers and proxies', async () => {
  const post = await openRoutes();
  const others = [
    { address: '192.0.2.1' },
    { headers: { host: 'rebound.example.com' } },
    { headers: { origin: 'http://localhost:8485' } },
    { headers: { 'sec-fetch-site': 'none' } },
    { headers: { forwarded: 'for=192.0.2.1' } },
    { headers: { via: '1.1 proxy' } },
    { headers: { 'x-real-ip': '192.0.2.1' } },
    { headers: { 'x-forwarded-for': '192.0.2.1' } },
    { headers: { 'x-forwarded-proto': 'https' } },
  ];
  for (const other of others) {
    const { status } = await post('/testing/sign-in', { userName: 'alice' }, other);
    assert.equal(status, 403, JSON.stringify(other));
  }
});

test('the testing route of the clock refuses to move it too far, and leaves it as it is', async () => {
  const post = await openRoutes();
  const before = await post('/testing/clock', { advanceSeconds: 0 });
  for (const advanceSeconds of [1e15, -1e15]) {
    const { status, members } = await post('/testing/clock', { advanceSeconds });
    assert.equal(status, 400);
    assert.match(members.message, /less than ten years/);
  }
  const after = await post('/testing/clock', { advanceSeconds: 0 });
  const movedMs = Date.parse(after.members.now) - Date.parse(before.members.now);
  assert.ok(movedMs < 60_000, `moved by ${movedMs} ms`);
});

test('the testing routes answer an invalid request with what is wrong', async () => {
  const post = await openRoutes();
  const nobody = await post('/testing/sign-in', { userName: 'nobody' });
  assert.deepEqual([nobody.status, /No user "nobody"/.test(nobody.members.message)], [400, true]);
  const misspelt = await post('/testing/sign-in', { user: 'alice' });
  assert.deepEqual([misspelt.status, /^user/.test(misspelt.members.message)], [400, true]);
  const empty = await post('/testing/approve', { userCode: '', userName: 'alice' });
  assert.deepEqual([empty.status, empty.members.message], [400, 'userCode: must not be empty']);
});
