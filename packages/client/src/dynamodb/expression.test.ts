import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attribute, type Expression, expression, expressionInput } from './expression.ts';

test('an expression has placeholders for its names and values', () => {
  const input = expressionInput({
    UpdateExpression: expression`SET ${attribute('size')} = ${5}, ${attribute('a.b', 0, 'c')} = ${'new'}`,
  });
  assert.deepEqual(input, {
    UpdateExpression: 'SET #n0 = :v0, #n1[0].#n2 = :v1',
    ExpressionAttributeNames: { '#n0': 'size', '#n1': 'a.b', '#n2': 'c' },
    ExpressionAttributeValues: { ':v0': 5, ':v1': 'new' },
  });
});

test('expressions of one input share the placeholders of names, and an expression may be part of another', () => {
  const isOld = expression`${attribute('age')} > ${9}`;
  const input = expressionInput({
    UpdateExpression: expression`REMOVE ${attribute('age')}`,
    ConditionExpression: expression`NOT (${isOld}) AND attribute_exists(${attribute('id')})`,
  });
  assert.deepEqual(input, {
    UpdateExpression: 'REMOVE #n0',
    ConditionExpression: 'NOT (#n0 > :v0) AND attribute_exists(#n1)',
    ExpressionAttributeNames: { '#n0': 'age', '#n1': 'id' },
    ExpressionAttributeValues: { ':v0': 9 },
  });
});

test('an input has no names or values where the expressions have none, as DynamoDB refuses empty ones', () => {
  assert.deepEqual(expressionInput({ ProjectionExpression: expression`id` }), { ProjectionExpression: 'id' });
  assert.deepEqual(Object.keys(expressionInput({ ProjectionExpression: expression`${attribute('id')}` })), [
    'ProjectionExpression',
    'ExpressionAttributeNames',
  ]);
});

test('null, objects and Sets are values, and a value that is undefined is refused', () => {
  const set = new Set(['a']);
  const { ExpressionAttributeValues } = expressionInput({
    FilterExpression: expression`a = ${null} AND b = ${{ c: [1] }} AND contains(d, ${set})`,
  });
  assert.deepEqual(ExpressionAttributeValues, { ':v0': null, ':v1': { c: [1] }, ':v2': set });
  assert.throws(() => expression`SET a = ${undefined}`, {
    code: 'badInput',
    message: 'Cannot use the expression "SET a = …": found undefined after "SET a = "',
  });
});

test('a placeholder in the text is refused: its value would be missing', () => {
  for (const text of [() => expression`a = :one`, () => expression`#size > ${1}`])
    assert.throws(text, { code: 'badInput', message: /found the placeholder (?:#size|:one); give what it/ });
});

test('types: an attribute may be held to the members of a type, and values to those of a client', () => {
  interface Note {
    readonly id: string;
    readonly size: number;
  }
  attribute<Note>('size');
  // @ts-expect-error: no member of the type
  attribute<Note>('sise');
  const values: { [placeholder: string]: { S: string } } | undefined = expressionInput({
    FilterExpression: expression`${attribute('id')} = ${{ S: '1' }}`,
  }).ExpressionAttributeValues;
  assert.deepEqual(values, { ':v0': { S: '1' } });
  const numeric: Expression<number> = expression`a = ${1}`;
  // @ts-expect-error: an expression is no member for a table's name
  expressionInput({ TableName: numeric });
});

test('whatever names and values an expression has, its placeholders give them back, in order', () => {
  const part = fc.oneof(
    fc.string().map((name) => attribute(name)),
    fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const texts = Array.from({ length: parts.length + 1 }, () => ' , ');
      const template = Object.assign(texts, { raw: texts });
      const input = expressionInput({ UpdateExpression: expression(template, ...parts) });
      const read = input.UpdateExpression.split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .map((each) =>
          each.startsWith('#')
            ? attribute(input.ExpressionAttributeNames?.[each] ?? 'missing')
            : input.ExpressionAttributeValues?.[each],
        );
      assert.deepEqual(read, parts);
    }),
  );
});
