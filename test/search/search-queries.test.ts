import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resultName } from '../../packages/server/src/typed-clients/search/describe-result.ts';
import { knownThings } from '../../packages/server/src/typed-clients/search/known-things.ts';
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

test('every operation by which people know a thing is in a published model', () => {
  for (const path of Object.keys(knownThings)) {
    const [moduleName = '', operation = ''] = path.split('.');
    const { entries } = search(index, parseSearchQuery(`in:${moduleName} ${operation}`), 1);
    assert.equal(entries[0]?.member, operation, path);
  }
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
