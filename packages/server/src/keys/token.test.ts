import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Keys } from './keys.ts';
import { randomBytes } from './random.ts';
import {
  issueToken,
  parseToken,
  SALT_BYTES,
  type TokenClaims,
  type TokenKind,
  verifyToken,
} from './token.ts';

const olderKey = { id: 7, createdAtMs: 0, secret: new Uint8Array(32).fill(1) };
const newerKey = { id: 8, createdAtMs: 1, secret: new Uint8Array(32).fill(2) };
const keys = new Keys([olderKey, newerKey]);
const salt = randomBytes(SALT_BYTES);

const kinds: readonly TokenKind[] = [
  'deviceCode',
  'authorizationCode',
  'accessToken',
  'refreshToken',
  'signInSession',
];
const kind = fc.constantFrom(...kinds);
const claims: fc.Arbitrary<TokenClaims> = fc.record({
  id: fc.maxSafeNat(),
  generation: fc.integer({ min: 0, max: 0xffff_ffff }),
  scopeMask: fc.integer({ min: 0, max: 0xffff_ffff }),
  expiresAtMs: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
});
const sample: TokenClaims = { id: 123_456_789, generation: 3, scopeMask: 5, expiresAtMs: 1_767_225_600_000 };

/** Whether a text is taken for a token of this kind made for this salt. */
function isGenuine(text: string, tokenKind: TokenKind, rowSalt: Uint8Array = salt): boolean {
  const token = parseToken(tokenKind, text);
  return token !== undefined && verifyToken(keys, token, rowSalt);
}

test('a token says what it was issued with, and verifies for its row', () => {
  fc.assert(
    fc.property(
      kind,
      claims,
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (tokenKind, issued, rowSalt) => {
        const text = issueToken(keys, tokenKind, issued, rowSalt);
        const token = parseToken(tokenKind, text);
        assert.ok(token);
        const { id, generation, scopeMask, expiresAtMs, keyId } = token;
        assert.deepEqual({ id, generation, scopeMask, expiresAtMs }, { ...issued });
        assert.equal(keyId, newerKey.id);
        assert.equal(verifyToken(keys, token, rowSalt), true);
      },
    ),
  );
});

test('the same claims give the same token again, so that a lost answer can be given again', () => {
  assert.equal(issueToken(keys, 'accessToken', sample, salt), issueToken(keys, 'accessToken', sample, salt));
});

test('a token tells people and secret scanners what it is', () => {
  const form = (tokenKind: TokenKind) => issueToken(keys, tokenKind, sample, salt);
  assert.match(form('accessToken'), /^lk_at_[A-Za-z0-9_-]{56}$/);
  assert.match(form('refreshToken'), /^lk_rt_[A-Za-z0-9_-]{56}$/);
  assert.match(form('deviceCode'), /^lk_dc_[A-Za-z0-9_-]{56}$/);
  assert.match(form('authorizationCode'), /^lk_ac_[A-Za-z0-9_-]{56}$/);
  assert.match(form('signInSession'), /^lk_ss_[A-Za-z0-9_-]{56}$/);
});

test('no token with a character changed verifies', () => {
  const character = fc.constantFrom(
    ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. é',
  );
  fc.assert(
    fc.property(kind, claims, fc.nat(61), character, (tokenKind, issued, at, replacement) => {
      const text = issueToken(keys, tokenKind, issued, salt);
      const changed = text.slice(0, at) + replacement + text.slice(at + 1);
      fc.pre(changed !== text);
      assert.equal(isGenuine(changed, tokenKind), false);
    }),
    { numRuns: 2000 },
  );
});

test('no token with characters added, removed or moved verifies', () => {
  const text = issueToken(keys, 'accessToken', sample, salt);
  for (let at = 0; at <= text.length; at += 1) {
    const variants = [
      `${text.slice(0, at)}A${text.slice(at)}`,
      text.slice(0, at),
      text.slice(0, at) + text.slice(at + 1),
      `${text.slice(0, at)}\n${text.slice(at)}`,
    ];
    for (const variant of variants.filter((other) => other !== text)) {
      assert.equal(isGenuine(variant, 'accessToken'), false, variant);
    }
  }
});

test('a token of one kind is none of another, even with its prefix changed', () => {
  for (const issued of kinds) {
    const text = issueToken(keys, issued, sample, salt);
    for (const other of kinds.filter((candidate) => candidate !== issued)) {
      assert.equal(parseToken(other, text), undefined);
      const disguised = issueToken(keys, other, sample, salt).slice(0, 6) + text.slice(6);
      assert.equal(isGenuine(disguised, other), false);
    }
  }
});

test('a token is good for the row with its salt only', () => {
  assert.equal(
    isGenuine(issueToken(keys, 'accessToken', sample, salt), 'accessToken', randomBytes(16)),
    false,
  );
});

test('a stolen database makes no token: the keys are needed as well', () => {
  const thief = new Keys([{ ...newerKey, secret: new Uint8Array(32).fill(3) }]);
  assert.equal(isGenuine(issueToken(thief, 'accessToken', sample, salt), 'accessToken'), false);
});

test('tokens of before a rotation stay good, those of a key that is gone do not', () => {
  const text = issueToken(new Keys([olderKey]), 'refreshToken', sample, salt);
  assert.equal(isGenuine(text, 'refreshToken'), true);
  const token = parseToken('refreshToken', text);
  assert.ok(token);
  assert.equal(verifyToken(new Keys([newerKey]), token, salt), false);
});

test('arbitrary text is no token', () => {
  const afterPrefix = fc.string({ maxLength: 80 }).map((text) => `lk_at_${text}`);
  fc.assert(fc.property(fc.oneof(fc.string(), afterPrefix), (text) => !isGenuine(text, 'accessToken')));
});

test('an id beyond the safe integers is no token', () => {
  const bytes = Buffer.alloc(42, 0xff);
  assert.equal(parseToken('accessToken', `lk_at_${bytes.toString('base64url')}`), undefined);
});
