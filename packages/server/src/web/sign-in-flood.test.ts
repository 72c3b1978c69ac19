import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import type { TestUser } from '../testing-kit/test-directory.ts';
import { PlainBrowser } from './testing/plain-browser.ts';

/** A hash that costs next to nothing to compare with, and that no password matches. */
const cheapHash = `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$${'A'.repeat(43)}`;
const alice = { user_name: 'alice', password: 'correct horse' };

let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey({
    users: [
      { userName: 'alice', password: alice.password },
      { userName: 'bob', passwordHash: cheapHash } as TestUser,
    ],
    settings: {
      trustedProxies: ['127.0.0.1', '::1'],
      limits: { concurrentPasswordChecks: 1, passwordFailuresPerUser: 1_000_000 },
    },
  });
});
after(() => latchkey.close());

test('somebody signs in while sixty addresses send all the passwords that they may', async () => {
  const browser = new PlainBrowser(latchkey);
  const { hidden } = await browser.get('/sign-in');
  const guess = (address: string) =>
    browser.post('/sign-in', { ...hidden, user_name: 'bob', password: 'x' }, { 'x-forwarded-for': address });
  const crowd = Array.from({ length: 60 }, (_, index) => `203.0.113.${index}`);
  const flood = Promise.all(crowd.flatMap((address) => Array.from({ length: 9 }, () => guess(address))));
  const signedIn = await browser.post(
    '/sign-in',
    { ...hidden, ...alice },
    { 'x-forwarded-for': '192.0.2.1' },
  );
  assert.equal(signedIn.status, 303);
  for (const { status, text, headers } of await flood) {
    if (status !== 503) assert.equal(status, 403);
    else {
      assert.match(text, /Too many people are signing in .* password was not checked/);
      assert.equal(headers.get('retry-after'), '2');
    }
  }
});
