import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MasterSecret } from './master-secret.ts';

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const label = fc.string({ maxLength: 20 });

test('what a master secret seals with a label, it opens with that label, and it alone', () => {
  fc.assert(
    fc.property(
      secret,
      secret,
      label,
      label,
      fc.uint8Array({ maxLength: 64 }),
      (one, other, is, isNot, bytes) => {
        const sealed = new MasterSecret(one).seal(is, bytes);
        assert.deepEqual(new MasterSecret(one).unseal(is, sealed), Buffer.from(bytes));
        if (is !== isNot) assert.equal(new MasterSecret(one).unseal(isNot, sealed), undefined);
        if (Buffer.compare(one, other) !== 0)
          assert.equal(new MasterSecret(other).unseal(is, sealed), undefined);
      },
    ),
  );
});

test('what was sealed does not open with a bit changed or a part missing', () => {
  const master = new MasterSecret(new Uint8Array(32).fill(7));
  const sealed = master.seal('key 1', Buffer.from('secret'));
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(master.unseal('key 1', changed), undefined);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    assert.equal(master.unseal('key 1', sealed.subarray(0, length)), undefined);
  }
});

test('the id and the check word follow from the secret, and are those of no other', () => {
  fc.assert(
    fc.property(secret, secret, (one, other) => {
      const [first, again, second] = [one, one, other].map((bytes) => new MasterSecret(bytes));
      assert.equal(first?.name, again?.name);
      assert.equal(first?.checkWord, again?.checkWord);
      assert.match(first?.name ?? '', /^[0-9a-f]{16}$/);
      assert.match(
        first?.checkWord ?? '',
        /^(?:[bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]-(?:[bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]$/,
      );
      if (Buffer.compare(one, other) !== 0) assert.notEqual(first?.name, second?.name);
    }),
  );
});

test('a stored key still opens with the release after this one: names and seals are as they were written', () => {
  const master = new MasterSecret(Uint8Array.from({ length: 32 }, (_, index) => index));
  assert.equal(master.name, 'a1d155494b6110da');
  assert.equal(master.checkWord, 'javis-hipoh');
  const sealed = Buffer.from('YewcY0c597HqgK48Mefbu9fGEkfjTGuhDF+h92a2K5E7SlziPpztUJj5hGxoUQOX', 'base64');
  assert.equal(master.unseal('key 1 2 3', sealed)?.toString(), 'of the first release');
});

test('a secret of another length is refused', () => {
  for (const length of [0, 31, 33])
    assert.throws(() => new MasterSecret(new Uint8Array(length)), /has 32 bytes/);
});
