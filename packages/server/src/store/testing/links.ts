import assert from 'node:assert/strict';
import { randomBytes } from '../../keys/random.ts';
import type { NewLink } from '../port/links.ts';
import type { Store } from '../store.ts';
import { apply, someEntries, uuid, versionOf } from './directory/fixtures.ts';
import { aliceId, MINUTE_MS, START_MS } from './rows.ts';
import type { StoreTest } from './store-test.ts';

/** One-time links: one for each user, good once, for a time, and for one version of the user. */
export function linksConformance(testStore: StoreTest): void {
  const testLinks: StoreTest = (name, body, options) =>
    testStore(
      name,
      async (store) => {
        await apply(store, 'command', someEntries);
        await body(store);
      },
      options,
    );

  async function newLink(store: Store, change: Partial<NewLink> = {}): Promise<NewLink> {
    return {
      ...{ userId: aliceId, userVersion: (await versionOf(store, aliceId)) ?? '', purpose: 'password' },
      ...{ createdAtMs: START_MS, expiresAtMs: START_MS + 10 * MINUTE_MS, tokenDigest: randomBytes(32) },
      ...change,
    };
  }

  testLinks('a one-time link is found by the digest of its token, and by its user', async (store) => {
    const { tokenDigest, ...link } = await newLink(store);
    assert.equal(await store.links.putLink({ tokenDigest, ...link }), true);
    assert.deepEqual(await store.links.findLink(tokenDigest, START_MS), link);
    assert.deepEqual(await store.links.findLinkOf(aliceId, START_MS), link);
    assert.equal(await store.links.findLink(randomBytes(32), START_MS), undefined);
    assert.equal(await store.links.findLinkOf(uuid(1), START_MS), undefined);
  });

  testLinks('of uses of a one-time link at once, one succeeds', async (store) => {
    const link = await newLink(store);
    await store.links.putLink(link);
    const uses = await Promise.all(
      Array.from({ length: 8 }, () => store.links.useLink(link.tokenDigest, START_MS)),
    );
    assert.equal(uses.filter(Boolean).length, 1);
    assert.equal(await store.links.findLink(link.tokenDigest, START_MS), undefined);
  });

  testLinks('a new one-time link takes the place of the one before', async (store) => {
    const [first, second] = [await newLink(store), await newLink(store, { purpose: 'factor' })];
    await store.links.putLink(first);
    await store.links.putLink(second);
    assert.equal(await store.links.useLink(first.tokenDigest, START_MS), false);
    assert.equal((await store.links.findLinkOf(aliceId, START_MS))?.purpose, 'factor');
    assert.equal(await store.links.useLink(second.tokenDigest, START_MS), true);
  });

  testLinks('a one-time link that has expired is none, and is swept', async (store) => {
    const link = await newLink(store);
    await store.links.putLink(link);
    const { expiresAtMs } = link;
    assert.ok(await store.links.findLink(link.tokenDigest, expiresAtMs - 1));
    assert.equal(await store.links.findLink(link.tokenDigest, expiresAtMs), undefined);
    assert.equal(await store.links.useLink(link.tokenDigest, expiresAtMs), false);
    assert.equal((await store.sweep(expiresAtMs - 1, 100)).removed, 0);
    assert.equal((await store.sweep(expiresAtMs, 100)).removed, 1);
  });

  testLinks('a one-time link ends with the version of its user, and stays known as such', async (store) => {
    const link = await newLink(store);
    await store.links.putLink(link);
    await apply(store, 'command', [{ kind: 'blockUser', userId: aliceId }]);
    assert.equal(await store.links.useLink(link.tokenDigest, START_MS), false);
    assert.equal(await store.links.findLinkOf(aliceId, START_MS), undefined);
    assert.equal((await store.links.findLink(link.tokenDigest, START_MS))?.userVersion, link.userVersion);
    assert.equal(await store.links.putLink(link), false, 'nor is one made for an earlier version');
    assert.equal(await store.links.putLink({ ...link, userId: uuid(0x99) }), false, 'or for nobody');
  });

  testLinks('a one-time link is taken back, and goes with its user', async (store) => {
    const link = await newLink(store);
    await store.links.putLink(link);
    assert.equal(await store.links.removeLink(aliceId), true);
    assert.equal(await store.links.removeLink(aliceId), false);
    assert.equal(await store.links.useLink(link.tokenDigest, START_MS), false);
    await store.links.putLink(link);
    await apply(store, 'command', [{ kind: 'removeUser', id: aliceId }]);
    assert.equal(await store.links.findLink(link.tokenDigest, START_MS), undefined);
  });
}
