import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { Keys } from '../keys/keys.ts';
import { randomBytes } from '../keys/random.ts';
import { resealSecrets } from './reseal-secrets.ts';
import { makeTotpSecret, openTotpSecret, sealTotpSecret } from './totp.ts';

const key = (id: number) => ({ id, createdAtMs: id, secret: randomBytes(32) });

test('a secret outlives the key that sealed it: it is sealed anew under the current one', async () => {
  const context = await createTestContext();
  const user = await context.directory.findUserByName('alice');
  const { factors } = context.store;
  const [first, second] = [key(1), key(2)];
  const keys = new Keys([first]);
  const secrets = Array.from({ length: 120 }, () => ({ id: randomUUID(), secret: makeTotpSecret() }));
  for (const { id, secret } of secrets) {
    const sealedSecret = sealTotpSecret(keys, id, secret);
    const factor = { id, name: 'App', createdAtMs: 1, lastUsedAtMs: null, counter: 0, sealedSecret } as const;
    await factors.addFactor(user?.id ?? '', { kind: 'totp', ...factor }, 1000);
  }
  keys.replace([first, second]);
  assert.equal(await resealSecrets(keys, factors), secrets.length);
  assert.equal(await resealSecrets(keys, factors), 0);
  keys.replace([second]);
  for (const factor of await factors.listFactors(user?.id ?? '')) {
    assert.ok(factor.kind === 'totp');
    const opened = await openTotpSecret({ keys }, factor);
    const expected = secrets.find(({ id }) => id === factor.id)?.secret ?? Buffer.of();
    assert.equal(Buffer.compare(opened ?? Buffer.of(), expected), 0);
  }
});

test('a sealed secret opens for its own factor alone', async () => {
  const keys = new Keys([key(1)]);
  const [one, other] = [randomUUID(), randomUUID()];
  const sealedSecret = sealTotpSecret(keys, one, makeTotpSecret());
  assert.ok(await openTotpSecret({ keys }, { id: one, sealedSecret }));
  assert.equal(await openTotpSecret({ keys }, { id: other, sealedSecret }), undefined);
});

test('secrets that no key opens are left, and hold up no others', async () => {
  const context = await createTestContext();
  const user = await context.directory.findUserByName('alice');
  const lost = new Keys([key(1)]);
  const id = randomUUID();
  const sealedSecret = sealTotpSecret(lost, id, makeTotpSecret());
  const factor = { id, name: 'App', createdAtMs: 1, lastUsedAtMs: null, counter: 0, sealedSecret } as const;
  await context.store.factors.addFactor(user?.id ?? '', { kind: 'totp', ...factor }, 10);
  assert.equal(await resealSecrets(new Keys([key(1), key(2)]), context.store.factors), 0);
});
