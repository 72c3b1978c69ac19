import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resultName } from '../../packages/server/src/typed-clients/search/describe-result.ts';
import { search } from '../../packages/server/src/typed-clients/search/search.ts';
import { parseSearchQuery } from '../../packages/server/src/typed-clients/search/search-query.ts';
import { indexAllModels } from './index-all-models.ts';
import { queries } from './queries.ts';

const { index, failures, services } = await indexAllModels(':memory:');

test('every published service is in the search index', () => {
  assert.deepEqual(failures, []);
  // The runtime counts as one.
  assert.equal(index.sources().size, services + 1);
  assert.ok(services > 400, `${services} services`);
});

describe('what a person expects first is the first result, among all services', () => {
  for (const [typed, kind, service, name] of queries) {
    test(`“${typed}” finds ${name}`, () => {
      const [first] = search(index, parseSearchQuery(typed), 10).entries;
      assert.deepEqual(first && [first.kind, first.service.moduleName, resultName(first)], [
        kind,
        service,
        name,
      ]);
    });
  }
});
