import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paginate } from './paginate.ts';
import { describeThing, scriptedClient } from './testing/scripted-client.ts';

const pagination = { inputToken: 'nextToken', outputToken: 'page.nextToken', items: 'page.items' };

function things(pages: readonly object[], params: object = {}, options?: { readonly signal: AbortSignal }) {
  const client = scriptedClient(pages.map((page) => ({ page })));
  return { client, paginator: paginate<object, string>(client, describeThing, params, pagination, options) };
}

test('pages come until one has no token', async () => {
  const { client, paginator } = things(
    [{ items: ['a'], nextToken: '1' }, { items: [], nextToken: '2' }, { items: ['b'] }],
    { max: 5 },
  );
  assert.equal((await Array.fromAsync(paginator)).length, 3);
  assert.deepEqual(client.inputs, [{ max: 5 }, { max: 5, nextToken: '1' }, { max: 5, nextToken: '2' }]);
});

test('items of all pages come one by one', async () => {
  const { paginator } = things([{ items: ['a', 'b'], nextToken: '1' }, {}]);
  assert.deepEqual(await Array.fromAsync(paginator.items()), ['a', 'b']);
});

test('items of a map are pairs', async () => {
  const { paginator } = things([{ items: { a: 1, b: 2 } }]);
  assert.deepEqual(await Array.fromAsync(paginator.items()), [
    ['a', 1],
    ['b', 2],
  ]);
});

test('an empty token ends the pages, and so does the token that was just used', async () => {
  for (const nextToken of ['', {}, null, 'used', { key: ['used'] }]) {
    const first = nextToken === '' ? [] : [{ nextToken }];
    const { client, paginator } = things([...first, { nextToken }, { never: true }]);
    await Array.fromAsync(paginator);
    assert.ok(client.inputs.length <= 2, JSON.stringify(nextToken));
  }
});

test('a page that says it is the last ends the pages, though it has a token', async () => {
  const client = scriptedClient([
    { IsTruncated: true, nextToken: '1' },
    { IsTruncated: false, nextToken: '0' },
    { never: true },
  ]);
  const listing = { inputToken: 'nextToken', outputToken: 'nextToken', more: 'IsTruncated' };
  assert.equal((await Array.fromAsync(paginate(client, describeThing, {}, listing))).length, 2);
});

test('a token in the parameters is where the pages begin, and they end when it comes back', async () => {
  const { client, paginator } = things([{ nextToken: '7' }], { nextToken: '7' });
  await Array.fromAsync(paginator);
  assert.deepEqual(client.inputs, [{ nextToken: '7' }]);
});

test('nothing is asked before it is needed', async () => {
  const { client, paginator } = things([{ items: ['a', 'b'], nextToken: '1' }, { items: ['c'] }]);
  assert.equal(client.inputs.length, 0);
  for await (const item of paginator.items()) if (item === 'b') break;
  assert.equal(client.inputs.length, 1);
});

test('each iteration starts anew', async () => {
  const { client, paginator } = things([{}]);
  await Array.fromAsync(paginator);
  await Array.fromAsync(paginator);
  assert.deepEqual(client.inputs, [{}, {}]);
});

test('an aborted signal ends the iteration with its reason', async () => {
  const controller = new AbortController();
  const { client, paginator } = things([{ nextToken: '1' }], {}, { signal: controller.signal });
  await assert.rejects(async () => {
    for await (const _ of paginator) controller.abort(new Error('enough'));
  }, /enough/);
  assert.equal(client.inputs.length, 1);
});
