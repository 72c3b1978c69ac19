/** The overview of every service of AWS's models and the page of every operation, held to their budgets. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, test } from 'node:test';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { send } from '../../packages/server/src/http/testing/api.ts';
import {
  type Budget,
  budgets,
  overBudget,
} from '../../packages/server/src/typed-clients/testing/page-budgets.ts';
import { published } from '../search/index-all-models.ts';

const skip = !existsSync(published) && '../shared/api-models-aws is not here';
const latchkey = skip === false ? await startLatchkey({ settings: { models: [published] } }) : undefined;
after(() => latchkey?.close());

/** As they stand in addresses, e.g. `ssooidc`. */
const services = skip === false ? await readServices() : [];

test('the list of services has all of them', { skip }, () => {
  assert.ok(services.length > 300, `${services.length} services`);
});

// A test each, because all of them together take longer than a test may.
for (const service of services) {
  test(`the overview and every operation of ${service} keep to their budgets`, async () => {
    const over = await overBudgetAt(service, budgets.overview);
    for (const operation of await readOperations(service)) {
      over.push(...(await overBudgetAt(`${service}/${operation}`, budgets.operation)));
    }
    assert.deepEqual(over, []);
  });
}

async function overBudgetAt(page: string, budget: Budget): Promise<string[]> {
  return overBudget(await read(page), budget).map((found) => `${page}: ${found}`);
}

async function readServices(): Promise<readonly string[]> {
  const links = (await read('')).matchAll(/href="\/v0\.4\/docs\/([\w-]+)"/g);
  const names = new Set(Array.from(links, ([, name = '']) => name));
  // The runtime, which stands in the same list.
  names.delete('client');
  return [...names];
}

/** @returns the pages of the operations of a service, e.g. `SSOOIDC.createToken` */
async function readOperations(service: string): Promise<readonly string[]> {
  const names: readonly (string | readonly [name: string, address: string])[] = JSON.parse(
    await read(`${service}/names.json`),
  );
  return names
    .map((name) => (typeof name === 'string' ? name : name[1]))
    .filter((address) => /^\w+\.\w+$/.test(address));
}

async function read(page: string): Promise<string> {
  assert.ok(latchkey);
  const { status, text } = await send(latchkey, `/v0.4/docs/${page}`.replace(/\/$/, ''), {
    headers: { accept: 'text/html' },
  });
  assert.equal(status, 200, page);
  return text;
}
