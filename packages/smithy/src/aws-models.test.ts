import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseModel } from './parse-model.ts';
import { closureOf, operationsOf } from './service.ts';

const folder = new URL('../../../../shared/api-models-aws/', import.meta.url).pathname;
const skip = existsSync(folder) ? false : '../shared/api-models-aws is not here';

test('every model that AWS publishes is read, and its service walked', { skip }, () => {
  const files = globSync(`${folder}*/service/*/*.json`);
  assert.ok(files.length > 400);
  for (const file of files) {
    const model = parseModel(JSON.parse(readFileSync(file, 'utf8')));
    for (const service of model.services) {
      assert.ok(operationsOf(model, service).length > 0, file);
      assert.ok(closureOf(model, service).length > 0, file);
    }
  }
});
