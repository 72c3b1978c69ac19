import assert from 'node:assert/strict';
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ServiceLibrary } from '../service-library.ts';
import { indexServices, sourceOf } from './index-services.ts';
import { SearchIndex } from './search-index.ts';

test('a service is indexed again when its known names or its rank change, though its model does not', async () => {
  const model = { path: fileURLToPath(import.meta.url) };
  const service = { moduleName: 'birds', className: 'Birds', title: 'Birds', otherNames: ['nests'], rank: 3 };
  const source = await sourceOf(service, model);
  assert.equal(await sourceOf({ ...service }, model), source);
  for (const changed of [{ otherNames: ['nests', 'flocks'] }, { rank: 4 }, { title: 'Other' }]) {
    assert.notEqual(await sourceOf({ ...service, ...changed }, model), source);
  }
});

test('services that most people look for are indexed first', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'latchkey-models-'));
  for (const name of ['Aardvark', 'SQS', 'S3']) {
    writeFileSync(join(folder.path, `${name}.json`), JSON.stringify(modelOf(name)));
  }
  const index = SearchIndex.open(':memory:');
  const order: (string | undefined)[] = [];
  await indexServices(index, new ServiceLibrary([folder.path]), {
    onProgress: ({ moduleName }) => order.push(moduleName),
    onFailure: ({ message }) => assert.fail(message),
  });
  index.close();
  assert.deepEqual(order, ['s3', 'sqs', 'aardvark', undefined]);
});

function modelOf(name: string): object {
  return {
    smithy: '2.0',
    shapes: {
      [`example.zoo#${name}`]: {
        type: 'service',
        version: '2030-01-31',
        traits: {
          'aws.api#service': { sdkId: name },
          'aws.auth#sigv4': { name: 'zoo' },
          'aws.protocols#restJson1': {},
        },
      },
    },
  };
}
