import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Model, parseModel } from '@latchkey/smithy';
import { type Difference, stricterThan } from './aws-models/stricter.ts';

const root = new URL('../', import.meta.url);
const shared = new URL('../shared/', root);

/** Our models, and the models that AWS publishes of the same services: an older and a newer one of each. */
const models = {
  'models/sso-oidc.json': [
    'api-models-aws/sso-oidc/service/2019-06-10/sso-oidc-2019-06-10.json',
    'api-models-2026/sso-oidc.json',
  ],
  'models/sso.json': [
    'api-models-aws/sso/service/2019-06-10/sso-2019-06-10.json',
    'api-models-2026/sso.json',
  ],
  'models/sts.json': [
    'api-models-aws/sts/service/2011-06-15/sts-2011-06-15.json',
    'api-models-2026/sts.json',
  ],
};

describe('our API models beside those of AWS', () => {
  const listed = listedDifferences();
  for (const [ours, published] of Object.entries(models)) {
    for (const theirs of published) {
      test(`${ours} has no constraint that ${theirs} lacks, but for those in docs/divergences.md`, {
        skip: skipWithout(theirs),
      }, () => {
        assert.deepEqual(
          differencesOf(ours, theirs).filter((difference) => !listed.has(difference)),
          [],
          'remove these constraints from the model, or give the reason for each in docs/divergences.md',
        );
      });
    }
  }

  test('docs/divergences.md lists no constraint that our API models do not have', {
    skip: skipWithout(...Object.values(models).flat()),
  }, () => {
    const found = Object.entries(models).flatMap(([ours, published]) =>
      published.flatMap((theirs) => differencesOf(ours, theirs)),
    );
    assert.deepEqual(
      [...listed].filter((difference) => !found.includes(difference)),
      [],
    );
  });
});

describe('comparing two models', () => {
  const string = (traits = {}) => ({ value: { type: 'string', traits } });
  const cases: Readonly<Record<string, readonly [ours: Change, theirs: Change, found: readonly string[]]>> = {
    'nothing where they are the same': [{}, {}, []],
    'a member that must be there': [{ member: { required: {} } }, {}, ['example#Input$value required']],
    'a new member that must be there': [
      { more: { target: 'example#Value', traits: { 'smithy.api#required': {} } } },
      {},
      ['example#Input$more required'],
    ],
    'a length with a bound': [
      { shape: string({ 'smithy.api#length': { min: 1, max: 5 } }) },
      {},
      ['example#Value length: at least 1', 'example#Value length: at most 5'],
    ],
    'a length that is narrower': [
      { shape: string({ 'smithy.api#length': { min: 2, max: 5 } }) },
      { shape: string({ 'smithy.api#length': { min: 1, max: 6 } }) },
      ['example#Value length: at least 2', 'example#Value length: at most 5'],
    ],
    'a length that is wider to be no matter': [
      { shape: string({ 'smithy.api#length': { min: 0, max: 6 } }) },
      { shape: string({ 'smithy.api#length': { min: 1, max: 5 } }) },
      [],
    ],
    'a length on the member': [
      { member: { length: { max: 5 } } },
      {},
      ['example#Input$value length: at most 5'],
    ],
    'a range': [
      { shape: { value: { type: 'integer', traits: { 'smithy.api#range': { min: -1, max: 5 } } } } },
      { shape: { value: { type: 'integer' } } },
      ['example#Value range: at least -1', 'example#Value range: at most 5'],
    ],
    'a pattern': [{ shape: string({ 'smithy.api#pattern': '^a$' }) }, {}, ['example#Value pattern: ^a$']],
    'another pattern': [
      { shape: string({ 'smithy.api#pattern': '^a$' }) },
      { shape: string({ 'smithy.api#pattern': '^[ab]$' }) },
      ['example#Value pattern: ^a$'],
    ],
    'an enum where any string is taken': [
      { shape: letters('A', 'B') },
      {},
      ['example#Value enum: A, B', 'example#Value type: enum'],
    ],
    'a value that an enum lacks': [
      { shape: letters('A') },
      { shape: letters('A', 'B') },
      ['example#Value enum: not B'],
    ],
    'items that must be unique': [
      { shape: list({ 'smithy.api#uniqueItems': {} }) },
      { shape: list({}) },
      ['example#Value uniqueItems'],
    ],
    'items that may not be null': [
      { shape: list({}) },
      { shape: list({ 'smithy.api#sparse': {} }) },
      ['example#Value sparse: not'],
    ],
    'another type': [{ shape: { value: { type: 'integer' } } }, {}, ['example#Value type: integer']],
    'another target': [
      { member: {}, target: 'smithy.api#String' },
      {},
      ['example#Input$value target: smithy.api#String'],
    ],
  };
  for (const [title, [ours, theirs, found]] of Object.entries(cases)) {
    test(`comparing two models finds ${title}`, () => {
      const differences = stricterThan(modelWith(ours), modelWith(theirs));
      assert.deepEqual(
        differences.map(({ id, constraint }) => `${id} ${constraint}`),
        found,
      );
    });
  }
});

/** What is different in a model of one operation with one member. */
interface Change {
  readonly shape?: Readonly<Record<string, object>>;
  /** Traits of the member. */
  readonly member?: Readonly<Record<string, unknown>>;
  readonly target?: string;
  readonly more?: object;
}

function letters(...values: readonly string[]): Readonly<Record<string, object>> {
  const members = Object.fromEntries(values.map((value) => [value, { target: 'smithy.api#Unit' }]));
  return { value: { type: 'enum', members } };
}

function list(traits: object): Readonly<Record<string, object>> {
  return { value: { type: 'list', member: { target: 'smithy.api#String' }, traits } };
}

function modelWith({ shape, member = {}, target = 'example#Value', more }: Change): Model {
  const traits = Object.fromEntries(
    Object.entries(member).map(([name, value]) => [`smithy.api#${name}`, value]),
  );
  return parseModel({
    smithy: '2.0',
    shapes: {
      'example#Service': { type: 'service', version: '1', operations: [{ target: 'example#Act' }] },
      'example#Act': {
        type: 'operation',
        input: { target: 'example#Input' },
        output: { target: 'smithy.api#Unit' },
      },
      'example#Input': {
        type: 'structure',
        members: { value: { target, traits }, ...(more && { more }) },
      },
      'example#Value': shape?.['value'] ?? { type: 'string' },
    },
  });
}

/** The rows of docs/divergences.md whose second cell is a constraint: each id with each constraint of its row. */
function listedDifferences(): ReadonlySet<string> {
  const listed = new Set<string>();
  const [, section = ''] = readFileSync(new URL('docs/divergences.md', root), 'utf8').split(
    "## Stricter than AWS's models",
  );
  for (const line of section.split('\n').filter((text) => text.startsWith('| `'))) {
    const [, ids = '', constraints = '', reason = ''] = line.split('|').map((cell) => cell.trim());
    assert.ok(reason.length >= 20, `a row of docs/divergences.md has no reason: ${line}`);
    const [names, bounds] = [quoted(ids), quoted(constraints)];
    const pairs =
      bounds.length === 1
        ? names.map((name) => [name, bounds[0]])
        : names.map((name, index) => [name, bounds[index]]);
    for (const [name, bound] of pairs) listed.add(`${name} ${bound}`);
  }
  return listed;
}

function quoted(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

function differencesOf(ours: string, theirs: string): readonly string[] {
  return stricterThan(readModel(new URL(ours, root)), readModel(new URL(theirs, shared))).map(render);
}

function skipWithout(...files: readonly string[]): string | false {
  const missing = files.find((file) => !existsSync(new URL(file, shared)));
  return missing === undefined ? false : `../shared/${missing} is not here`;
}

function render({ id, constraint }: Difference): string {
  return `${id.replace('com.amazonaws.', '')} ${constraint}`;
}

function readModel(file: URL): Model {
  return parseModel(JSON.parse(readFileSync(file, 'utf8')));
}
