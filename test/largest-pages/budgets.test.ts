/** The overview of every service of AWS's models, and the largest pages of operations, held to their budgets. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { send } from '../../packages/server/src/http/testing/api.ts';
import { ServiceLibrary } from '../../packages/server/src/typed-clients/service-library.ts';
import {
  type Budget,
  budgets,
  overBudget,
} from '../../packages/server/src/typed-clients/testing/page-budgets.ts';
import { published } from '../search/index-all-models.ts';
import { largestOperations } from './largest-operations.ts';

const skip = !existsSync(published) && '../shared/api-models-aws is not here';
const latchkey = skip === false ? await startLatchkey({ settings: { models: [published] } }) : undefined;
after(() => latchkey?.close());

/** The model of each service, by the service's name in addresses. */
const models = new Map<string, string>();
if (skip === false) {
  for (const [name, { files }] of await new ServiceLibrary([published]).services()) {
    if (files[0] !== undefined) models.set(name, files[0].path);
  }
}

test('the models have services and operations to be held to budgets', { skip }, async () => {
  assert.ok(models.size > 300, `${models.size} services`);
  assert.equal((await largest()).length, 200);
});

// A test for each part, because all pages together take longer than a test may.
const parts = Map.groupBy(models.keys(), ([letter = '']) => letter);
for (const [letter, services] of parts) {
  test(`the overviews of services in ${letter} keep to their budget of bytes, elements and requests`, async () => {
    const over: string[] = [];
    for (const service of services) over.push(...(await overBudgetAt(service, budgets.overview)));
    assert.deepEqual(over, []);
  });
  test(`the largest operations of services in ${letter} keep to their budget`, async () => {
    const over: string[] = [];
    for (const { service, operation } of await largest()) {
      if (!services.includes(service)) continue;
      over.push(...(await overBudgetAt(`${service}/${operation}`, budgets.operation)));
    }
    assert.deepEqual(over, []);
  });
}

let found: ReturnType<typeof largestOperations> | undefined;
function largest(): ReturnType<typeof largestOperations> {
  found ??= largestOperations(models, 200, async (file) => JSON.parse(await readFile(file, 'utf8')));
  return found;
}

async function overBudgetAt(page: string, budget: Budget): Promise<readonly string[]> {
  return overBudget(await read(`/v0.4/docs/${page}`), budget).map((excess) => `${page}: ${excess}`);
}

async function read(target: string): Promise<string> {
  assert.ok(latchkey);
  const { headers, status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
  // The name of an operation leads to that of its method.
  const location = headers.get('location');
  if (location !== null) return read(location.replace(/#.*$/, ''));
  assert.equal(status, 200, target);
  return text;
}
