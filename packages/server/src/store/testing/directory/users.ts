import assert from 'node:assert/strict';
import type { DirectorySource } from '../../port/directory.ts';
import type { DirectoryStep } from '../../port/directory-change.ts';
import { START_MS } from '../rows.ts';
import type { StoreTest } from '../store-test.ts';
import { aliceId, apply, bobId, conflictOf, did, newUser, someEntries, uuid, versionOf } from './fixtures.ts';

/** Who may sign in, under which name, with which password, and what ends their sessions. */
export function directoryUsersConformance(testStore: StoreTest): void {
  testStore('a user is found for signing in by name, with the password', async (store) => {
    const user = newUser('Alice', { id: aliceId, displayName: 'Alice A.', passwordHash: '$argon2id$1' });
    await apply(store, 'file', [{ kind: 'addUser', user }]);
    const version = (await versionOf(store, aliceId))!;
    const found = { id: aliceId, userName: 'Alice', displayName: 'Alice A.', version };
    assert.deepEqual({ ...(await store.findUser(aliceId)) }, found);
    assert.deepEqual(await store.findUserByName('alice'), { ...found, passwordHash: '$argon2id$1' });
    assert.equal(await store.findUserByName('Alice'), undefined, 'keys are asked for, not names');
  });

  testStore('the hash of a password is found also for a user who may not sign in', async (store) => {
    const user = newUser('alice', { id: aliceId, passwordHash: '$argon2id$1', status: 'disabled' });
    await apply(store, 'file', [
      { kind: 'addUser', user },
      { kind: 'addUser', user: newUser('bob', { id: bobId }) },
    ]);
    assert.equal(await store.findPasswordHash(aliceId), '$argon2id$1');
    assert.equal(await store.findPasswordHash(bobId), undefined);
    assert.equal(await store.findPasswordHash(uuid(1)), undefined);
  });

  testStore('a user is found for signing in by an address that nobody else has', async (store) => {
    const withEmails = (...addresses: string[]) => addresses.map((address) => ({ address, primary: false }));
    await apply(store, 'file', [
      {
        kind: 'addUser',
        user: newUser('a', { id: uuid(1), emails: withEmails('Own@example.com', 'both@example.com') }),
      },
      {
        kind: 'addUser',
        user: newUser('b', { id: uuid(2), emails: withEmails('Both@example.com', 'name@example.com') }),
      },
      { kind: 'addUser', user: newUser('name@example.com', { id: uuid(3) }) },
      { kind: 'addUser', user: newUser('off@example.com', { id: uuid(4), status: 'disabled' }) },
      { kind: 'addUser', user: newUser('e', { id: uuid(5), emails: withEmails('off@example.com') }) },
    ]);
    const find = async (key: string) => (await store.findUserByName(key))?.id;
    assert.equal(await find('own@example.com'), uuid(1));
    assert.equal(await find('both@example.com'), undefined, 'two have it');
    assert.equal(await find('name@example.com'), uuid(3), 'a name goes before an address');
    assert.equal(await find('off@example.com'), undefined, 'also the name of somebody who is disabled');
    assert.equal(await find('else@example.com'), undefined);
  });

  testStore('a user who is disabled or blocked is nobody until that ends', async (store) => {
    await apply(store, 'file', someEntries);
    const visible = async () => [
      (await store.findUser(aliceId)) !== undefined,
      (await store.findUserByName('alice')) !== undefined,
    ];
    const steps: readonly (readonly [DirectorySource, DirectoryStep, boolean])[] = [
      ['file', { kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }, false],
      ['command', { kind: 'blockUser', userId: aliceId }, false],
      ['file', { kind: 'changeUser', id: aliceId, values: { status: 'enabled' } }, false],
      ['page', { kind: 'unblockUser', userId: aliceId }, true],
    ];
    for (const [source, step, isVisible] of steps) {
      assert.equal(await did(store, source, step), 'changed');
      assert.deepEqual(await visible(), [isVisible, isVisible], JSON.stringify(step));
    }
  });

  testStore('a block names who blocked and when; a second one changes nothing', async (store) => {
    await apply(store, 'file', someEntries);
    const block: DirectoryStep = { kind: 'blockUser', userId: aliceId };
    await apply(store, 'page', [block], { actor: bobId, nowMs: START_MS + 5 });
    const { version, blocked, revision } = (await store.findEntry('user', { id: aliceId }))!;
    assert.deepEqual(blocked, { by: bobId, atMs: START_MS + 5 });
    assert.equal(revision, 1, 'a block is no change by the source');
    assert.deepEqual(await apply(store, 'command', [block]), [{ did: 'unchanged' }]);
    assert.deepEqual((await store.findEntry('user', { id: aliceId }))?.blocked, blocked);
    assert.equal(await versionOf(store, aliceId), version);
    const unblock: DirectoryStep = { kind: 'unblockUser', userId: aliceId };
    assert.deepEqual(await apply(store, 'command', [unblock, unblock]), [
      { did: 'changed' },
      { did: 'unchanged' },
    ]);
  });

  const renewing: readonly (readonly [DirectorySource, DirectoryStep])[] = [
    ['file', { kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }],
    ['page', { kind: 'blockUser', userId: aliceId }],
    ['command', { kind: 'setPassword', userId: aliceId, hash: '$argon2id$2' }],
    ['command', { kind: 'setPassword', userId: aliceId, hash: null }],
    ['provisioning:okta', { kind: 'signOutEverywhere', userId: aliceId }],
    ['file', { kind: 'letGo', entry: { kind: 'user', id: aliceId } }],
  ];
  const keeping: readonly (readonly [DirectorySource, DirectoryStep])[] = [
    ['file', { kind: 'changeUser', id: aliceId, values: { userName: 'al', displayName: 'Al' } }],
    ['file', { kind: 'changeUser', id: aliceId, values: { status: 'enabled' } }],
    ['page', { kind: 'unblockUser', userId: aliceId }],
    ['command', { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' }],
    ['page', { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' }],
  ];
  for (const [isRenewed, list] of [
    [true, renewing],
    [false, keeping],
  ] as const) {
    for (const [source, step] of list) {
      const title = `${JSON.stringify(step)} of ${source}`;
      testStore(`the version of a user is ${isRenewed ? 'renewed' : 'kept'} by ${title}`, async (store) => {
        await apply(store, 'file', someEntries);
        await apply(store, 'command', [{ kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' }]);
        const [alice, bob] = [await versionOf(store, aliceId), await versionOf(store, bobId)];
        await apply(store, source, [step]);
        assert.equal((await versionOf(store, aliceId)) !== alice, isRenewed);
        assert.equal(await versionOf(store, bobId), bob, 'nobody else');
      });
    }
  }

  testStore('a password that the file set is changed by the file alone', async (store) => {
    await apply(store, 'command', [{ kind: 'addUser', user: newUser('carol', { id: uuid(1) }) }]);
    await apply(store, 'file', someEntries);
    const set = (hash: string | null): DirectoryStep => ({ kind: 'setPassword', userId: aliceId, hash });
    await apply(store, 'file', [set('$argon2id$1')]);
    const entry = { kind: 'user', id: aliceId, name: 'alice', source: 'file' };
    for (const source of ['command', 'page'] as const) {
      for (const hash of ['$argon2id$2', null]) {
        const conflict = { kind: 'owned', entry, what: 'password' };
        assert.deepEqual(await conflictOf(store, source, set(hash)), conflict);
      }
    }
    assert.equal(await did(store, 'file', set('$argon2id$2')), 'changed');
    assert.equal(await did(store, 'file', set(null)), 'changed');
    assert.equal(await did(store, 'command', set('$argon2id$3')), 'changed');
    assert.equal((await store.findUserByName('alice'))?.passwordHash, '$argon2id$3');
    assert.equal((await store.findEntry('user', { id: aliceId }))?.passwordSetBy, 'command');
    assert.equal(await did(store, 'file', set(null)), 'unchanged', 'the file takes away what it has set');
    assert.equal(await did(store, 'file', set('$argon2id$3')), 'changed');
    assert.equal((await store.findEntry('user', { id: aliceId }))?.passwordSetBy, 'file');
  });

  testStore('sources but command and page set the passwords of their own users alone', async (store) => {
    await apply(store, 'command', someEntries);
    const set: DirectoryStep = { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' };
    const entry = { kind: 'user', id: aliceId, name: 'alice', source: 'command' };
    for (const source of ['file', 'provisioning:okta', 'provider:corp'] as const) {
      assert.deepEqual(await conflictOf(store, source, set), { kind: 'owned', entry });
    }
    await apply(store, 'provisioning:okta', [{ kind: 'addUser', user: newUser('carol', { id: uuid(1) }) }]);
    const ofCarol = { ...set, userId: uuid(1) };
    assert.equal(await did(store, 'provisioning:okta', ofCarol), 'changed');
    const carol = { kind: 'user', id: uuid(1), name: 'carol', source: 'provisioning:okta' };
    const conflict = { kind: 'owned', entry: carol, what: 'password' };
    assert.deepEqual(await conflictOf(store, 'page', ofCarol), conflict, 'it is of the provider');
    for (const source of ['command', 'page'] as const) {
      assert.equal(await did(store, source, ofCarol), 'changed');
    }
  });

  testStore('a password that is set for one version of a user is refused for any other', async (store) => {
    await apply(store, 'command', someEntries);
    const before = (await versionOf(store, aliceId))!;
    const set = (hash: string, after: string): DirectoryStep => ({
      ...{ kind: 'setPassword', userId: aliceId, hash, version: { before, after } },
    });
    const conflicts = await Promise.all(
      ['AAAAAAAAAA0', 'AAAAAAAAAA1'].map((after) =>
        conflictOf(store, 'page', set(`$argon2id$${after}`, after)),
      ),
    );
    assert.deepEqual(conflicts.map((conflict) => conflict?.kind).sort(), ['outdated', undefined]);
    const user = await store.findUserByName('alice');
    assert.equal(user?.passwordHash, `$argon2id$${user?.version}`);
  });

  testStore('a password that others set stays when the source lets the user go', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'page', [{ kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' }]);
    await apply(store, 'file', [{ kind: 'letGo', entry: { kind: 'user', id: aliceId } }]);
    assert.equal((await store.findEntry('user', { id: aliceId }))?.passwordSetBy, 'page');
  });

  testStore('of a disable and other changes at once, none is lost', async (store) => {
    await apply(store, 'file', someEntries);
    const steps: readonly (readonly [DirectorySource, DirectoryStep])[] = [
      ['file', { kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }],
      ['file', { kind: 'changeUser', id: aliceId, values: { displayName: 'A' } }],
      ['page', { kind: 'blockUser', userId: aliceId }],
      ['command', { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' }],
    ];
    await Promise.all(steps.map(([source, step]) => did(store, source, step)));
    const user = await store.findEntry('user', { id: aliceId });
    assert.equal(user?.status, 'disabled');
    assert.equal(user?.displayName, 'A');
    assert.equal(user?.blocked?.by, 'page');
    assert.equal(user?.passwordSetBy, 'command');
    assert.equal(user?.revision, 3);
  });

  testStore('of two changes of one revision at once, one is made', async (store) => {
    await apply(store, 'file', someEntries);
    const rename = (displayName: string) =>
      conflictOf(store, 'file', { kind: 'changeUser', id: aliceId, ifRevision: 1, values: { displayName } });
    const conflicts = await Promise.all(['A', 'B', 'C'].map(rename));
    assert.equal(conflicts.filter((conflict) => conflict === undefined).length, 1);
    assert.equal((await store.findEntry('user', { id: aliceId }))?.revision, 2);
  });

  testStore('of several who take one name at once, one has it', async (store) => {
    const sources = ['file', 'command', 'page', 'provisioning:okta', 'provider:corp'] as const;
    const conflicts = await Promise.all(
      sources.map((source, index) =>
        conflictOf(store, source, { kind: 'addUser', user: newUser(['same', 'SAME'][index % 2]!) }),
      ),
    );
    assert.deepEqual(
      conflicts.map((conflict) => conflict?.kind),
      [undefined, ...Array(4).fill('taken')],
    );
    assert.equal((await store.countEntries()).user, 1);
  });
}
