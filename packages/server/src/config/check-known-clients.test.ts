import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, problemsIn } from './testing/load-text.ts';

const secretHash = `sha256:${'A'.repeat(43)}`;

test('by default devices are signed in for everyone, from anywhere, by any client', async () => {
  const { deviceSignIn, clients, grants } = await load('');
  assert.deepEqual(deviceSignIn, { sameNetwork: false });
  assert.deepEqual(clients, []);
  assert.equal(grants.deviceCode, true);
});

test('the settings of device sign-in are read, from the file and the environment', async () => {
  const text = `
clients: [{ id: build-farm, secretHash: "${secretHash}" }, { id: kiosk, name: The kiosk, secretHash: "${secretHash}" }]
deviceSignIn:
  groups: [Developers]
  clients: [build-farm]
  recentSignIn: 15m`;
  const { deviceSignIn, clients } = await load(text, {
    LATCHKEY_DEVICE_SIGN_IN_NETWORKS: '10.0.0.0/8, 2001:db8::/32',
    LATCHKEY_DEVICE_SIGN_IN_SAME_NETWORK: 'true',
  });
  assert.deepEqual(deviceSignIn, {
    groups: ['Developers'],
    networks: ['10.0.0.0/8', '2001:db8::/32'],
    clients: ['build-farm'],
    recentSignInSeconds: 900,
    sameNetwork: true,
  });
  assert.deepEqual(clients, [
    { id: 'build-farm', name: 'build-farm', secretHash },
    { id: 'kiosk', name: 'The kiosk', secretHash },
  ]);
});

test('an empty list of device sign-in is refused, as it would not say whether it lets in all or none', async () => {
  for (const key of ['groups', 'networks', 'clients']) {
    const [problem] = await problemsIn(`deviceSignIn: { ${key}: [] }`);
    assert.match(problem ?? '', new RegExp(`deviceSignIn\\.${key}: expected a list of at least one`));
  }
});

test('a client that is defined twice, or named and not defined, is refused with its place', async () => {
  const text = `clients:
  - { id: build-farm, secretHash: "${secretHash}" }
  - { id: build-farm, secretHash: "${secretHash}" }
deviceSignIn: { clients: [build-frm] }`;
  const [twice, missing] = await problemsIn(text);
  assert.match(
    twice ?? '',
    /^latchkey\.yaml:3:11: clients\[1\]\.id: client "build-farm" is defined twice, first at/,
  );
  assert.match(
    missing ?? '',
    /:4:27: deviceSignIn\.clients\[0\]: there is no client "build-frm" under clients; did/,
  );
});

test('what is no hash of a secret is refused, and not repeated', async () => {
  const [problem] = await problemsIn('clients: [{ id: build-farm, secretHash: hunter2 }]');
  assert.match(
    problem ?? '',
    /clients\[0\]\.secretHash: expected a hash that `latchkey client secret` prints/,
  );
});
