import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sourceOf } from './index-services.ts';

test('a service is indexed again when its known names or its rank change, though its model does not', async () => {
  const model = { path: fileURLToPath(import.meta.url) };
  const service = { moduleName: 'birds', className: 'Birds', title: 'Birds', otherNames: ['nests'], rank: 3 };
  const source = await sourceOf(service, model);
  assert.equal(await sourceOf({ ...service }, model), source);
  for (const changed of [{ otherNames: ['nests', 'flocks'] }, { rank: 4 }, { title: 'Other' }]) {
    assert.notEqual(await sourceOf({ ...service, ...changed }, model), source);
  }
});
