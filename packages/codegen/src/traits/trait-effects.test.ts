import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { namespaceOf, parseModel, type Shape, type TraitMap } from '@latchkey/smithy';
import { traitEffects } from './trait-effects.ts';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

/** Namespaces that are not for clients, each with what it is for. Their traits change nothing. */
const otherNamespaces: Readonly<Record<string, string>> = {
  'aws.cloudformation': 'resources of CloudFormation',
  'aws.iam': 'policies of IAM',
  'smithy.test': 'tests of protocols and services',
};

for (const [folder, atLeast] of [
  ['api-models-aws', 400],
  ['api-models-2026', 10],
  ['protocol-tests', 5],
] as const) {
  const skip = existsSync(shared + folder) ? false : `../shared/${folder} is not here`;
  test(`what becomes of every trait in the models of ${folder} is written down`, { skip }, () => {
    const files = globSync(`${shared}${folder}/**/*.json`).filter(isModel);
    assert.ok(files.length >= atLeast, `${files.length} models`);
    const unlisted = new Map<string, string>();
    for (const file of files) {
      for (const [trait, shape] of traitsIn(file)) {
        const isListed = trait in traitEffects || namespaceOf(trait) in otherNamespaces;
        if (!isListed && !isOwn(trait, shape)) unlisted.set(trait, shape);
      }
    }
    assert.deepEqual([...unlisted], [], 'trait, and a shape that has it');
  });
}

test('every trait that is said to be followed, documented or left to servers by choice is read in the sources', () => {
  const texts = globSync([`${packages}smithy/src/**/*.ts`, `${packages}codegen/src/**/*.ts`])
    .filter((file) => !/\.test\.ts$|\/testing\/|\/generated\/|trait-effects\.ts$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const read = new Set(Array.from(texts.matchAll(/'((?:smithy|aws)\.\w+#\w+)'/g), ([, id]) => id));
  for (const [trait, [effect]] of Object.entries(traitEffects)) {
    if (effect === 'client' || effect === 'documentation') assert.ok(read.has(trait), `${trait} is not read`);
    if (effect === 'auth' || effect === 'protocol') assert.ok(!read.has(trait), `${trait} is read`);
  }
});

function isModel(file: string): boolean {
  return /^\s*\{\s*"smithy"/.test(readFileSync(file, 'utf8').slice(0, 100)) || file.includes('api-models');
}

/** Traits of a model, each with a shape that has it. Shapes are read as the generator reads them. */
function traitsIn(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const shape of parseModel(JSON.parse(readFileSync(file, 'utf8'))).shapes.values()) {
    for (const { id, traits } of bearersIn(shape)) {
      for (const trait of Object.keys(traits)) found.set(trait, id);
    }
  }
  return found;
}

function bearersIn(shape: Shape): readonly { readonly id: string; readonly traits: TraitMap }[] {
  if ('members' in shape) return [shape, ...shape.members.values()];
  if (shape.type === 'list') return [shape, shape.member];
  return shape.type === 'map' ? [shape, shape.key, shape.value] : [shape];
}

/** Whether a model applies a trait of its own namespace. */
function isOwn(trait: string, shape: string): boolean {
  return namespaceOf(trait) === namespaceOf(shape);
}
