/** The overview of every service of AWS's models, held to its budget. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { send } from '../../packages/server/src/http/testing/api.ts';
import { budgets, overBudget } from '../../packages/server/src/typed-clients/testing/page-budgets.ts';
import { published } from '../search/index-all-models.ts';

const skip = !existsSync(published) && '../shared/api-models-aws is not here';

test('the overview of every service keeps to its budget of bytes, elements and requests', {
  skip,
}, async () => {
  await using latchkey = await startLatchkey({ settings: { models: [published] } });
  const accept = { headers: { accept: 'text/html' } };
  const { text: home } = await send(latchkey, '/v0.4/docs', accept);
  const services = Array.from(home.matchAll(/href="\/v0\.4\/docs\/([\w-]+)"/g), ([, name = '']) => name);
  assert.ok(services.length > 300, `${services.length} services`);
  const over: string[] = [];
  for (const service of new Set(services)) {
    const { status, text } = await send(latchkey, `/v0.4/docs/${service}`, accept);
    assert.equal(status, 200, service);
    over.push(...overBudget(text, budgets.overview).map((found) => `${service}: ${found}`));
  }
  assert.deepEqual(over, []);
});
