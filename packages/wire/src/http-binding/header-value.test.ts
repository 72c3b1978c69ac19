import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Misfit } from '../misfit.ts';
import type { Schema } from '../schema.ts';
import { headerReader, headerWriter } from './header-value.ts';

const bound = (target: Schema, mediaType?: string) => {
  const member = mediaType === undefined ? { target } : { target, traits: { mediaType } };
  return { name: 'x', member, target, at: 'x' };
};
const strings = bound({ type: 'list', member: { target: { type: 'string' } } });

test('a list is split at commas outside of quotations', () => {
  const read = headerReader(strings, 'server');
  assert.deepEqual(read('a,b , "c, \\"d\\""'), ['a', 'b', 'c, "d"']);
  assert.deepEqual(read('a,,b, '), ['a', '', 'b', '']);
  assert.deepEqual(read(' '), []);
  for (const text of ['"open', '"a" b', 'a"b"']) assert.throws(() => read(text), Misfit, text);
});

test('spaces without end take no more time than a header has room for', () => {
  const read = headerReader(strings, 'server');
  assert.throws(() => read(`${' '.repeat(100_000)}"open`), Misfit);
  assert.throws(() => read(`"closed"${' '.repeat(100_000)}"open`), Misfit);
});

test('any printable items of a list are read as they were written', () => {
  const item = fc.stringMatching(/^[!-~](?:[ -~]*[!-~])?$/);
  fc.assert(
    fc.property(fc.array(item, { minLength: 1 }), (items) => {
      assert.deepEqual(headerReader(strings, 'server')(headerWriter(strings)(items)), items);
    }),
  );
});

test('dates of a list keep their own commas, other formats have none', () => {
  const dates = bound({ type: 'list', member: { target: { type: 'timestamp' } } });
  const text = 'Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT';
  const read = headerReader(dates, 'server')(text);
  assert.deepEqual(read, [new Date('2019-12-16T23:48:18Z'), new Date('2019-12-17T23:48:18Z')]);
  assert.equal(headerWriter(dates)(read), text);
  const member = { target: { type: 'timestamp' }, traits: { timestampFormat: 'epoch-seconds' } } as const;
  assert.deepEqual(headerReader(bound({ type: 'list', member }), 'server')('1, 2'), [
    new Date(1000),
    new Date(2000),
  ]);
});

test('a string with a media type travels as base64', () => {
  const json = bound({ type: 'string' }, 'application/json');
  assert.equal(headerWriter(json)('{"é":1}'), 'eyLDqSI6MX0=');
  assert.equal(headerReader(json, 'server')('eyLDqSI6MX0='), '{"é":1}');
  for (const text of ['xyz', '/w==']) assert.throws(() => headerReader(json, 'server')(text), Misfit, text);
});

test('no value can hold a line break', () => {
  for (const text of ['a\rb', 'a\nb', 'a\0b']) {
    assert.throws(() => headerWriter(bound({ type: 'string' }))(text), Misfit);
    assert.throws(() => headerWriter(strings)([text]), Misfit);
  }
});
