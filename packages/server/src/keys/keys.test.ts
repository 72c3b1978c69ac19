import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Keys, type MasterKey } from './keys.ts';

function master(id: number): MasterKey {
  return { id, createdAtMs: id, secret: new Uint8Array(32).fill(id + 1) };
}

const keys = new Keys([master(1), master(2)]);
const bytes = fc.uint8Array({ maxLength: 200 });
/** Neither of two different purposes is a part of the other, but some begin alike. */
const purposes = ['client', 'client-secret', 'role-session', 'seal:client', ''];

/** All the ways to change one bit of some bytes. */
function* oneBitOff(original: Uint8Array): Iterable<Buffer> {
  for (let bit = 0; bit < original.length * 8; bit += 1) {
    const changed = Buffer.from(original);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    yield changed;
  }
}

test('what is sealed for a purpose is unsealed for it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...purposes), bytes, (purpose, plaintext) => {
      assert.deepEqual(keys.unseal(purpose, keys.seal(purpose, plaintext)), Buffer.from(plaintext));
    }),
  );
});

test('what is sealed for one purpose is of no use for another', () => {
  for (const sealedFor of purposes) {
    const sealed = keys.seal(sealedFor, Buffer.from('secret'));
    for (const purpose of purposes.filter((other) => other !== sealedFor)) {
      assert.equal(keys.unseal(purpose, sealed), undefined);
    }
  }
});

test('sealed bytes tell nothing: not their content, nor whether two are the same', () => {
  const plaintext = Buffer.from('a registration that nobody should read');
  const [one, other] = [keys.seal('client', plaintext), keys.seal('client', plaintext)];
  assert.notDeepEqual(one, other);
  assert.equal(one.includes(plaintext.subarray(0, 8)), false);
});

test('a seal with a single bit changed, or a part missing, does not open', () => {
  const sealed = keys.seal('client', Buffer.from('{"n":"a client"}'));
  for (const changed of oneBitOff(sealed)) assert.equal(keys.unseal('client', changed), undefined);
  for (let length = 0; length < sealed.length; length += 1) {
    assert.equal(keys.unseal('client', sealed.subarray(0, length)), undefined);
  }
});

test('arbitrary bytes do not open', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (garbage) => keys.unseal('client', garbage) === undefined),
  );
});

test('a seal of another instance does not open', () => {
  const stranger = new Keys([{ ...master(2), secret: new Uint8Array(32).fill(9) }]);
  assert.equal(keys.unseal('client', stranger.seal('client', Buffer.from('mine'))), undefined);
});

test('a MAC is the same for the same parts, and verifies', () => {
  assert.deepEqual(keys.mac('user-code', 'BCDF-GHJK'), keys.mac('user-code', Buffer.from('BCDF-GHJK')));
  assert.equal(
    keys.verifyMac(keys.mac('web-form', 'device', 'secret'), 'web-form', 'device', 'secret'),
    true,
  );
});

test('a MAC with a single bit changed, cut short or made longer does not verify', () => {
  const mac = keys.mac('web-form', 'device');
  for (const changed of [...oneBitOff(mac), mac.subarray(1), Buffer.concat([mac, mac]), Buffer.alloc(0)]) {
    assert.equal(keys.verifyMac(changed, 'web-form', 'device'), false);
  }
});

test('a MAC is bound to its purpose', () => {
  for (const purpose of purposes) {
    const others = purposes.filter((other) => other !== purpose);
    assert.ok(others.every((other) => !keys.verifyMac(keys.mac(purpose, 'part'), other, 'part')));
  }
});

test('parts are framed: no other list of parts has the same MAC', () => {
  const parts = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      assert.equal(keys.mac('p', ...one).equals(keys.mac('p', ...other)), same);
    }),
  );
  assert.notDeepEqual(keys.mac('p', 'ab', 'c'), keys.mac('p', 'a', 'bc'));
  assert.notDeepEqual(keys.mac('p', 'ab'), keys.mac('p', 'ab', ''));
});

test('after a rotation the older key still verifies and unseals, and the new one makes', () => {
  const before = new Keys([master(1)]);
  const [mac, sealed] = [before.mac('p', 'x'), before.seal('p', Buffer.from('x'))];
  assert.equal(keys.verifyMac(mac, 'p', 'x'), true);
  assert.deepEqual(keys.macUnder(1, 'p', 'x'), mac);
  assert.deepEqual(keys.unseal('p', sealed), Buffer.from('x'));
  assert.equal(keys.currentId, 2);
  assert.equal(keys.seal('p', Buffer.from('x'))[0], 2);
  assert.deepEqual(keys.ids, [2, 1], 'newest first');
});

test('what a key made that is gone counts for nothing', () => {
  const after = new Keys([master(2)]);
  assert.equal(after.verifyMac(keys.macUnder(1, 'p', 'x') ?? assert.fail(), 'p', 'x'), false);
  assert.equal(after.macUnder(1, 'p', 'x'), undefined);
  assert.equal(after.unseal('p', new Keys([master(1)]).seal('p', Buffer.from('x'))), undefined);
});

test('a ring without keys is refused', () => {
  assert.throws(() => new Keys([]), TypeError);
});

test('the newest key makes things, unless another is said to be the current one', () => {
  const [first, second, third] = [master(1), master(2), master(3)];
  const ring = new Keys([first, second, third], { currentId: 2 });
  assert.deepEqual([ring.currentId, ring.ids], [2, [2, 3, 1]]);
  assert.ok(new Keys([second]).verifyMac(ring.mac('p', 'x'), 'p', 'x'));
  ring.replace([second, third]);
  assert.deepEqual([ring.currentId, ring.ids], [3, [3, 2]]);
  assert.throws(() => ring.replace([]), TypeError);
  assert.throws(() => ring.replace([first], 2), TypeError);
});

test('what a key made that was replaced by another of its id is not taken any more', () => {
  const ring = new Keys([master(1)]);
  const [mac, sealed] = [ring.mac('p', 'x'), ring.seal('p', Buffer.from('x'))];
  ring.replace([{ ...master(1), secret: new Uint8Array(32).fill(9) }]);
  assert.equal(ring.verifyMac(mac, 'p', 'x'), false);
  assert.equal(ring.unseal('p', sealed), undefined);
});

test('keys are looked for at an unknown id alone', async () => {
  let asked = 0;
  const ring: Keys = new Keys([master(1)], {
    async learn() {
      asked += 1;
      ring.replace([master(1), master(2)]);
    },
  });
  assert.equal(ring.learn(1), undefined);
  await ring.learn(2);
  assert.deepEqual([asked, ring.ids], [1, [2, 1]]);
  assert.equal(ring.learn(2), undefined);
  assert.equal(new Keys([master(1)]).learn(2), undefined, 'where nothing can be learnt');
});
