import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SsoError } from '../generated/sso.ts';
import { page } from './page.ts';

const keyOf = (name: string) => name;

/** Every item of a list, fetched page by page. */
function allOf(items: readonly string[], maxResults: number): readonly (readonly string[])[] {
  const pages: (readonly string[])[] = [];
  let nextToken: string | undefined;
  do {
    const next = page(items, keyOf, { nextToken, maxResults });
    pages.push(next.items);
    nextToken = next.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

test('page by page, every item comes once and in order, and no page but a lone first is empty', () => {
  const items = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 }).map((names) => names.sort());
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 100 }), (names, maxResults) => {
      const pages = allOf(names, maxResults);
      assert.deepEqual(pages.flat(), names);
      assert.ok(pages.every(({ length }) => length <= maxResults && (length > 0 || pages.length === 1)));
    }),
  );
});

test('without a wish, a page holds 100', () => {
  const names = Array.from({ length: 101 }, (_, index) => `name ${index}`);
  assert.equal(page(names, keyOf, {}).items.length, 100);
  assert.equal(page(names.slice(1), keyOf, {}).nextToken, undefined);
});

test('a page goes on where the last one ended, whatever came or went before it', () => {
  const { nextToken } = page(['b', 'c', 'd'], keyOf, { maxResults: 1 });
  for (const before of [['a', 'b'], ['b'], ['a'], []]) {
    assert.deepEqual(page([...before, 'c', 'd'], keyOf, { nextToken }).items, ['c', 'd']);
  }
  assert.deepEqual(page(['a'], keyOf, { nextToken }).items, []);
});

test('an empty page token means the first page', () => {
  assert.deepEqual(page(['a', 'b'], keyOf, { nextToken: '' }).items, ['a', 'b']);
});

test('a token that was never given out is refused, and says what to do', () => {
  for (const nextToken of ['x', 'YQ==', '_w', 'not one']) {
    assert.throws(
      () => page(['a', 'b'], keyOf, { nextToken }),
      (error: Error) => {
        assert.ok(error instanceof SsoError);
        assert.equal(error.name, 'InvalidRequestException');
        assert.match(error.message, /list from the start again/);
        return true;
      },
    );
  }
});
