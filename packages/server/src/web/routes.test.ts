import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../testing/mod.ts';
import { webRoutes } from './routes.ts';
import { signedInAs } from './testing/signed-in.ts';

const text = fc.oneof(
  fc.constantFrom(
    'user_code',
    'decision',
    'allow',
    'form_token',
    'to',
    '/device',
    'BCDF-GHJK',
    'request',
    'client_id',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const fields = fc
  .array(fc.tuple(text, text), { maxLength: 5 })
  .map((pairs) =>
    pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&'),
  );
const garbage = fc
  .string({ unit: fc.constantFrom(...'%&=+;#?/\\"<>aZ0%%'), maxLength: 60 })
  .map((query) => query.replaceAll('#', ''));

test('no query or form makes a page fail', async () => {
  await using latchkey = await startLatchkey();
  const { cookie } = await signedInAs(latchkey, 'alice');
  const request = fc.record({
    route: fc.constantFrom(...webRoutes),
    query: fc.oneof(fields, garbage),
    body: fc.oneof(fields, garbage, fc.uint8Array({ maxLength: 60 })),
    headers: fc.constantFrom({}, { cookie }, { cookie: 'latchkey_session=lk_; latchkey_form=%E0' }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route: { method, path }, query, body, headers }) => {
      const contentType = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(`${latchkey.url}${path}?${query}`, {
        method,
        redirect: 'manual',
        headers: { accept: 'text/html', ...contentType, ...headers },
        ...(method === 'POST' && { body: typeof body === 'string' ? body : Buffer.from(body) }),
      });
      await response.arrayBuffer();
      assert.ok(response.status < 500, `${method} ${path}?${query}: ${response.status}`);
    }),
    { numRuns: 500 },
  );
});
