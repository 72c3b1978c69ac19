import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { send } from '../../http/testing/api.ts';
import { largeModel } from '../testing/large-model.ts';
import { type Budget, budgets, overBudget } from '../testing/page-budgets.ts';
import { startWithModels } from '../testing/pages.ts';

const logo = path.join(await mkdtemp(path.join(tmpdir(), 'latchkey-logo-')), 'logo.svg');
await writeFile(logo, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"/>');
const latchkey = await startWithModels(
  { large: largeModel },
  { branding: { name: 'Example', logo, accent: '#7a1fa2' } },
);
after(async () => {
  await latchkey.close();
  await rm(path.dirname(logo), { recursive: true });
});

const KIND = 'DescribeResourceConfigurationOfKind';

/** Pages of each kind; the largest ones there are. */
const pages: readonly (readonly [target: string, budget: Budget])[] = [
  ['/v0.4/docs', budgets.home],
  ['/v0.4/docs/ssooidc', budgets.overview],
  ['/v0.4/docs/large', budgets.overview],
  ['/v0.4/docs/large/all-operations', budgets.list],
  ['/v0.4/docs/large/all-operations-2', budgets.list],
  ['/v0.4/docs/large/all-interfaces', budgets.list],
  ['/v0.4/docs/large/all-interfaces-12', budgets.list],
  ['/v0.4/docs/large/all-error-types', budgets.list],
  ['/v0.4/docs/ssooidc/SSOOIDC', budgets.client],
  ['/v0.4/docs/large/Large', budgets.client],
  ['/v0.4/docs/ssooidc/SSOOIDC.createToken', budgets.operation],
  ['/v0.4/docs/weatherreports/WEATHERReports.getCity', budgets.operation],
  ['/v0.4/docs/large/Large.describeResourceConfigurationOfKind7', budgets.operation],
  ['/v0.4/docs/large/Large.describeResourceConfigurationOfKind399', budgets.operation],
  ['/v0.4/docs/ssooidc/SSOOIDC.createToken/wire', budgets.wire],
  ['/v0.4/docs/weatherreports/WEATHERReports.watchWeather/wire', budgets.wire],
  ['/v0.4/docs/large/Large.describeResourceConfigurationOfKind7/wire', budgets.wire],
  ['/v0.4/docs/ssooidc/CreateTokenRequest', budgets.symbol],
  [`/v0.4/docs/large/${KIND}8Request`, budgets.symbol],
  [`/v0.4/docs/large/${KIND}7Request`, budgets.symbol],
  ['/v0.4/docs/large/ConfigurationOfSomethingRatherLong999', budgets.symbol],
  ['/v0.4/docs/large/ResourceLimitExceededException', budgets.symbol],
  ['/v0.4/docs/large/InstanceType', budgets.symbol],
  ['/v0.4/docs/weatherreports/Rule', budgets.symbol],
  ['/v0.4/docs/ssooidc/CreateTokenError', budgets.symbol],
  ['/v0.4/docs/client', budgets.runtime],
  ['/v0.4/docs/client/ApiFactoryOptions', budgets.runtime],
  ['/v0.4/docs/client/Traits', budgets.runtime],
  ['/v0.4/search', budgets.search],
  ['/v0.4/search?q=token', budgets.search],
  ['/v0.4/services/large.ts', budgets.source],
  ['/v0.4/services/large.ts?docs=full&lines=4001-6000', budgets.source],
  ['/v0.4/client/mod.ts', budgets.source],
];

for (const [target, budget] of pages) {
  test(`${target} keeps to its budget of bytes, elements and requests`, async () => {
    const { status, text } = await send(latchkey, target, { headers: { accept: 'text/html' } });
    assert.equal(status, 200);
    assert.deepEqual(overBudget(text, budget), []);
  });
}

test('a page that is not found keeps to the budget of a search', async () => {
  const { text } = await send(latchkey, '/v0.4/docs/large/Nothing', { headers: { accept: 'text/html' } });
  assert.deepEqual(overBudget(text, budgets.search), []);
});
