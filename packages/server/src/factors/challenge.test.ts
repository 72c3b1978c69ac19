import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { type ChallengeBinding, checkChallenge, issueChallenge } from './challenge.ts';

const purposes = ['sign-in', 'second-factor', 'registration'] as const;

test('a challenge ends with its page', async () => {
  for (const [purpose, minutes] of [
    ['sign-in', 12 * 60],
    ['second-factor', 10],
    ['registration', 15],
  ] as const) {
    const context = await createTestContext();
    const binding = { purpose, secret: 'of this browser' };
    const challenge = issueChallenge(context, binding);
    context.advance({ minutes, seconds: -1 });
    assert.ok(checkChallenge(context, binding, challenge), purpose);
    context.advance({ seconds: 1 });
    assert.equal(checkChallenge(context, binding, challenge), undefined, purpose);
  }
});

test('a challenge is for one purpose and one browser', async () => {
  const context = await createTestContext();
  for (const purpose of purposes) {
    const own: ChallengeBinding = { purpose, secret: 'of this browser' };
    const challenge = issueChallenge(context, own);
    assert.ok(checkChallenge(context, own, challenge));
    for (const other of purposes.filter((each) => each !== purpose)) {
      assert.equal(checkChallenge(context, { ...own, purpose: other }, challenge), undefined);
    }
    assert.equal(checkChallenge(context, { ...own, secret: 'of another' }, challenge), undefined);
    assert.notEqual(issueChallenge(context, own), challenge);
  }
});

test('a challenge with any bit changed is none', async () => {
  const context = await createTestContext();
  const binding: ChallengeBinding = { purpose: 'sign-in', secret: 'of this browser' };
  const bytes = Buffer.from(issueChallenge(context, binding), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.equal(checkChallenge(context, binding, changed.toString('base64url')), undefined, `bit ${bit}`);
  }
  assert.equal(checkChallenge(context, binding, ''), undefined);
});
