import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  closureOf,
  errorsOf,
  nameOf,
  type OperationShape,
  operationsOf,
  stringTrait,
} from '@latchkey/smithy';
import type { Schema } from '@latchkey/wire';
import { serviceSchema } from './service-schema.ts';
import { readServedModel, servedModels } from './testing/served-models.ts';

for (const name of servedModels) {
  const model = readServedModel(name);
  const [service] = model.services;
  assert.ok(service);
  const operations = operationsOf(model, service);
  const closure = closureOf(model, service).filter(({ id }) => !id.startsWith('smithy.api#'));

  test(`${name}: every shape and member is documented in sentences`, () => {
    for (const shape of [service, ...operations, ...closure]) {
      for (const bearer of [shape, ...('members' in shape ? shape.members.values() : [])]) {
        assert.match(stringTrait(bearer, 'smithy.api#documentation') ?? '', /^[A-Z`].*\.$/s, bearer.id);
      }
    }
  });

  test(`${name}: every shape is used`, () => {
    const used = new Set([service, ...operations, ...closure].map(({ id }) => id));
    assert.deepEqual(
      [...model.shapes.keys()].filter((id) => !used.has(id)),
      [],
    );
  });

  test(`${name}: nothing that is secret goes unmarked`, () => {
    const secret = /token$|secret|^code|deviceCode|userCode|assertion|identityContext/i;
    const open = ['nextToken', 'clientSecretExpiresAt'];
    const members = closure.flatMap((shape) =>
      shape.type === 'structure' ? [...shape.members.values()] : [],
    );
    for (const member of members.filter(({ name }) => secret.test(name) && !open.includes(name))) {
      assert.ok(model.getDataShape(member.target).traits['smithy.api#sensitive'], member.id);
    }
  });

  for (const operation of operations) {
    test(`${name}: ${nameOf(operation.id)} has examples, and they fit the model`, () => {
      const schema = serviceSchema(model, service.id).operations[nameOf(operation.id)];
      assert.ok(schema);
      const examples = examplesOf(operation);
      assert.ok(examples.length > 0);
      for (const { title, input, output, error } of examples) {
        checkFits(input, schema.input, `${title}: input`);
        if (error === undefined) {
          checkFits(output, schema.output, `${title}: output`);
          continue;
        }
        assert.ok(errorsOf(service, operation).includes(error.shapeId), title);
        const errorSchema = schema.errors.find(({ name }) => name === nameOf(error.shapeId));
        assert.ok(errorSchema);
        checkFits(error.content, errorSchema, `${title}: error`);
      }
    });
  }
}

/** `smithy.api#examples` */
interface Example {
  readonly title: string;
  readonly input: object;
  readonly output?: object;
  readonly error?: { readonly shapeId: string; readonly content: object };
}

function examplesOf({ traits }: OperationShape): readonly Example[] {
  return JSON.parse(JSON.stringify(traits['smithy.api#examples'] ?? []));
}

function checkFits(value: unknown, schema: Schema | (() => Schema), place: string): void {
  assert.ok(typeof schema === 'object', place);
  switch (schema.type) {
    case 'structure':
      assert.ok(typeof value === 'object' && value !== null, place);
      for (const [name, item] of Object.entries(value)) {
        const member = schema.members[name];
        assert.ok(member, `${place}.${name} is no member`);
        checkFits(item, member.target, `${place}.${name}`);
      }
      for (const [name, { traits }] of Object.entries(schema.members)) {
        assert.ok(!traits?.required || name in value, `${place}.${name} is missing`);
      }
      break;
    case 'list':
      assert.ok(Array.isArray(value), place);
      for (const item of value) checkFits(item, schema.member.target, `${place}[]`);
      break;
    case 'integer':
    case 'long':
      assert.ok(Number.isInteger(value), place);
      break;
    case 'string': {
      assert.ok(typeof value === 'string', place);
      const { length, pattern = '' } = schema.traits ?? {};
      assert.ok(value.length >= (length?.min ?? 0) && value.length <= (length?.max ?? Infinity), place);
      assert.match(value, new RegExp(pattern, 'u'), place);
      break;
    }
    default:
      assert.fail(`${place}: a ${schema.type} cannot be checked`);
  }
}
