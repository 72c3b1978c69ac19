import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findModels, readModel } from './model-files.ts';

function modelOf(sdkId: string, version: string, name = 'Service'): object {
  const traits = { 'aws.api#service': { sdkId }, 'smithy.api#title': `The "${sdkId}" service` };
  return {
    smithy: '2.0',
    shapes: {
      'example#Ping': { type: 'operation' },
      [`example#${name}`]: { type: 'service', version, operations: [{ target: 'example#Ping' }], traits },
    },
  };
}

async function directoryOf(t: TestContext, files: Readonly<Record<string, unknown>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-models-'));
  t.after(() => rm(directory, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 4));
  }
  return directory;
}

test('models are found nested as they are published, and flat, the newest version of a service first', async (t) => {
  const directory = await directoryOf(t, {
    'moon/service/2020-01-01/moon-2020-01-01.json': modelOf('Moon', '2020-01-01'),
    'moon/service/2024-01-01/moon-2024-01-01.json': modelOf('Moon', '2024-01-01'),
    'earth.json': modelOf('Earth', '2019-06-10'),
  });
  const found = await findModels(directory);
  assert.deepEqual(
    found.map(({ sdkId, version }) => [sdkId, version]),
    [
      ['Earth', '2019-06-10'],
      ['Moon', '2024-01-01'],
      ['Moon', '2020-01-01'],
    ],
  );
  assert.equal(found[0]?.serviceId, 'example#Service');
  assert.equal(found[0]?.title, 'The "Earth" service');
  assert.equal(found[0]?.path, join(directory, 'earth.json'));
  assert.deepEqual(await findModels(pathToFileURL(directory)), found);
});

test('models in a mounted ConfigMap, where each file is a link, are found once', async (t) => {
  const directory = await directoryOf(t, { '..2026_01_01/moon.json': modelOf('Moon', '1') });
  await symlink('..2026_01_01', join(directory, '..data'));
  await symlink(join('..data', 'moon.json'), join(directory, 'moon.json'));
  await symlink('nowhere', join(directory, 'dangling.json'));
  await symlink('..data', join(directory, 'folder.json'));
  const found = await findModels(directory);
  assert.deepEqual(
    found.map(({ path }) => path),
    [join(directory, 'moon.json')],
  );
});

test('a service is found however its file is written', async (t) => {
  const { shapes } = modelOf('Io', '1') as { readonly shapes: Readonly<Record<string, object>> };
  const { type, ...rest } = shapes['example#Service'] as { readonly type: string };
  const directory = await directoryOf(t, {
    'minified.json': JSON.stringify(modelOf('Europa', '1')),
    'type-last.json': { smithy: '2.0', shapes: { 'example#Service': { ...rest, type } } },
    'two.json': {
      smithy: '2.0',
      shapes: {
        'example#One': { type: 'service', version: '1' },
        'example#Two': { type: 'service', traits: { 'smithy.api#title': 'Second' } },
      },
    },
  });
  assert.deepEqual(
    (await findModels(directory)).map(({ sdkId, serviceId, version }) => [sdkId, serviceId, version]),
    [
      ['Europa', 'example#Service', '1'],
      ['Io', 'example#Service', '1'],
      ['One', 'example#One', '1'],
      ['Two', 'example#Two', ''],
    ],
  );
});

test('files that are no models of services are left out', async (t) => {
  const directory = await directoryOf(t, {
    'package.json': { name: 'models', keywords: ['service'] },
    'broken.json': '{ "service"',
    'README.md': '"type": "service"',
    'node_modules/moon.json': modelOf('Moon', '1'),
    '.git/moon.json': modelOf('Moon', '1'),
  });
  assert.deepEqual(await findModels(directory), []);
});

test('a model that is found is read; one that is broken says in which file', async (t) => {
  const broken = modelOf('Moon', '1') as { shapes: Record<string, object> };
  broken.shapes['example#Ping'] = { type: 'operation', input: { target: 'example#Nowhere' } };
  const directory = await directoryOf(t, { 'earth.json': modelOf('Earth', '1'), 'moon.json': broken });
  const [earth, moon] = await findModels(directory);
  assert.ok(earth && moon);
  assert.equal((await readModel(earth)).services[0]?.id, earth.serviceId);
  await assert.rejects(readModel(moon), (error: Error) => {
    assert.equal(error.name, 'ModelError');
    assert.ok(error.message.startsWith(`${moon.path}: Invalid shape "example#Ping"`), error.message);
    return true;
  });
  await writeFile(moon.path, '{');
  await assert.rejects(readModel(moon), { name: 'ModelError' });
});

test('the operations of a service are counted, with those of its resources, without and with parsing', async (t) => {
  const traits = { 'aws.api#service': { sdkId: 'Moon' }, 'smithy.api#title': 'Moon' };
  const shapes = (order: object) => ({
    'example#Moon': order,
    'example#Crater': {
      type: 'resource',
      read: { target: 'example#Get' },
      collectionOperations: [{ target: 'example#Sweep' }],
      resources: [{ target: 'example#Crater' }, { target: 'example#Nowhere' }],
    },
    'example#Get': { type: 'operation' },
    'example#Ping': { type: 'operation' },
    'example#Sweep': { type: 'operation' },
  });
  const bound = { operations: [{ target: 'example#Ping' }], resources: [{ target: 'example#Crater' }] };
  const directory = await directoryOf(t, {
    'published.json': { shapes: shapes({ type: 'service', version: '2', ...bound, traits }) },
    'other-order.json': { shapes: shapes({ version: '1', traits, ...bound, type: 'service' }) },
  });
  assert.deepEqual(
    (await findModels(directory)).map(({ operations, version }) => [version, operations]),
    [
      ['2', 3],
      ['1', 3],
    ],
  );
});
