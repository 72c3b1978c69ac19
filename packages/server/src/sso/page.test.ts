import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { START_MS } from '../fixtures/test-context.ts';
import { SsoError } from '../generated/sso.ts';
import { Keys } from '../keys/keys.ts';
import { type PagedList, readPage } from './page.ts';

const key = (id: number) => ({ id, createdAtMs: START_MS, secret: new Uint8Array(32).fill(id) });
const context = { keys: new Keys([key(1)]) };

function listOf(items: readonly string[], change: Partial<PagedList<string>> = {}): PagedList<string> {
  return {
    userId: 'alice',
    name: 'names',
    read: async ({ after = '', limit }) => items.filter((item) => item > after).slice(0, limit),
    keyOf: (item) => item,
    afterKeyOfRelease01: (lastKey) => (lastKey.startsWith('old ') ? lastKey.slice('old '.length) : undefined),
    ...change,
  };
}

/** Every item of a list, fetched page by page. */
async function allOf(items: readonly string[], maxResults: number): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  let nextToken: string | undefined;
  do {
    const next = await readPage(context, listOf(items), { nextToken, maxResults });
    pages.push(next.items);
    nextToken = next.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

function assertInvalid(error: Error): true {
  assert.ok(error instanceof SsoError);
  assert.equal(error.name, 'InvalidRequestException');
  assert.match(error.message, /list from the start again/);
  return true;
}

test('page by page, every item comes once and in order, and no page but a lone first is empty', async () => {
  const items = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 }).map((names) => names.sort());
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 100 }), async (names, maxResults) => {
      const pages = await allOf(names, maxResults);
      assert.deepEqual(pages.flat(), names);
      assert.ok(pages.every(({ length }) => length <= maxResults && (length > 0 || pages.length === 1)));
    }),
  );
});

test('without a wish, a page holds 100', async () => {
  const names = Array.from({ length: 101 }, (_, index) => `name ${index}`).sort();
  assert.equal((await readPage(context, listOf(names), {})).items.length, 100);
  assert.equal((await readPage(context, listOf(names.slice(1)), {})).nextToken, undefined);
});

test('a page goes on where the last one ended, whatever came or went before it', async () => {
  const { nextToken } = await readPage(context, listOf(['b', 'c', 'd']), { maxResults: 1 });
  for (const before of [['a', 'b'], ['b'], ['a'], []]) {
    const next = await readPage(context, listOf([...before, 'c', 'd']), { nextToken });
    assert.deepEqual(next.items, ['c', 'd']);
  }
  assert.deepEqual((await readPage(context, listOf(['a']), { nextToken })).items, []);
});

test('an empty page token means the first page', async () => {
  assert.deepEqual((await readPage(context, listOf(['a', 'b']), { nextToken: '' })).items, ['a', 'b']);
});

test('a page token says nothing of the item that it names, and outlives a rotation of the keys', async () => {
  const list = listOf(['secret', 'z']);
  const { nextToken = '' } = await readPage(context, list, { maxResults: 1 });
  assert.doesNotMatch(Buffer.from(nextToken, 'base64url').toString(), /secret/);
  const rotated = { keys: new Keys([key(1), key(2)]) };
  assert.deepEqual((await readPage(rotated, list, { nextToken })).items, ['z']);
});

test('a page token is refused for another user, for another list and by another instance', async () => {
  const list = listOf(['a', 'b']);
  const { nextToken } = await readPage(context, list, { maxResults: 1 });
  for (const change of [{ userId: 'bob' }, { name: 'others' }]) {
    await assert.rejects(readPage(context, listOf(['a', 'b'], change), { nextToken }), assertInvalid);
  }
  const elsewhere = { keys: new Keys([{ ...key(1), secret: new Uint8Array(32).fill(9) }]) };
  await assert.rejects(readPage(elsewhere, list, { nextToken }), assertInvalid);
});

test('a token that was never given out is refused, and says what to do', async () => {
  const { nextToken = '' } = await readPage(context, listOf(['a', 'b']), { maxResults: 1 });
  const sealed = Buffer.from(nextToken.slice('lk_pg_'.length), 'base64url');
  const flipped = Array.from(sealed, (byte, at) => {
    const changed = Buffer.from(sealed).fill(byte ^ 1, at, at + 1);
    return `lk_pg_${changed.toString('base64url')}`;
  });
  const others = [
    'x',
    'YQ==',
    '_w',
    'not one',
    'lk_pg_',
    `${nextToken}AAAA`,
    nextToken.slice('lk_pg_'.length),
  ];
  for (const token of [...others, ...flipped]) {
    await assert.rejects(readPage(context, listOf(['a', 'b']), { nextToken: token }), assertInvalid, token);
  }
});

test('a page token of release 0.1 leads on from where its list says', async () => {
  const nextToken = Buffer.from('old b').toString('base64url');
  assert.deepEqual((await readPage(context, listOf(['a', 'b', 'c']), { nextToken })).items, ['c']);
});
