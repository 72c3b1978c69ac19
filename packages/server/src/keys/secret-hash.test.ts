import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretOf, makeSecret, secretHashForm } from './secret-hash.ts';

test('a client secret has 256 random bits, and fits its own hash alone', () => {
  const [one, other] = [makeSecret(), makeSecret()];
  assert.match(one.secret, /^lk_ks_[\w-]{43}$/);
  assert.match(one.secretHash, secretHashForm);
  assert.equal(isSecretOf(one.secretHash, one.secret), true);
  for (const wrong of [other.secret, one.secret.slice(0, -1), '', one.secretHash]) {
    assert.equal(isSecretOf(one.secretHash, wrong), false, wrong);
  }
});
