import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressBlocks } from '../limits/address-block.ts';
import { generatePassword, hashPassword, PasswordChecker } from './password.ts';
import { type Argon2idHash, parsePasswordHash, renderPasswordHash } from './password-hash.ts';

const holder = addressBlocks('192.0.2.1');
const cheap = '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$';

test('a password matches its own hash and no other does', async () => {
  const checker = new PasswordChecker({ concurrency: 2 });
  const hash = await hashPassword('correct horse');
  assert.match(hash, /^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  assert.equal(await checker.verify(hash, 'correct horse', holder), 'match');
  assert.equal(await checker.verify(hash, 'correct horse ', holder), 'mismatch');
});

test('two hashes of one password differ, as each has its own salt', async () => {
  assert.notEqual(await hashPassword('same'), await hashPassword('same'));
});

test('a hash made by the argon2 reference program is understood', async () => {
  // echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 (phc-winner-argon2, test.c)
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  const checker = new PasswordChecker({ concurrency: 1 });
  assert.equal(await checker.verify(hash, 'password', holder), 'match');
  assert.equal(await checker.verify(hash, 'differentpassword', holder), 'mismatch');
});

test('an unknown user costs a comparison like any other and never matches', async () => {
  const checker = new PasswordChecker({ concurrency: 1 });
  const unknown = checker.verify(undefined, 'whatever', holder);
  for (let i = 0; i < 8; i += 1) void checker.verify(undefined, 'whatever', holder);
  assert.equal(await checker.verify(undefined, 'one too many', holder), 'busy');
  assert.equal(await unknown, 'mismatch');
});

test('checks of one address beyond its queue are refused at once, and queued ones still run', async () => {
  const hash = await hashPassword('s3cret');
  const checker = new PasswordChecker({ concurrency: 1 });
  const results = await Promise.all(Array.from({ length: 12 }, () => checker.verify(hash, 's3cret', holder)));
  assert.deepEqual(results, [...Array<string>(9).fill('match'), ...Array<string>(3).fill('busy')]);
  assert.equal(await checker.verify(hash, 's3cret', holder), 'match');
});

test('however many passwords sixty addresses send, one from another address is checked after one of each', async () => {
  const hash = `${cheap}${'A'.repeat(43)}`;
  const checker = new PasswordChecker({ concurrency: 1 });
  const order: string[] = [];
  const results = new Map<string, string[]>();
  const check = async (address: string) => {
    const result = await checker.verify(hash, 'guess', addressBlocks(address));
    results.set(address, [...(results.get(address) ?? []), result]);
    if (result !== 'busy') order.push(address);
  };
  const crowd = Array.from({ length: 60 }, (_, index) => `203.0.113.${index}`);
  const flood = Array.from({ length: 10 }, () => crowd.map(check)).flat();
  const other = check('192.0.2.1');
  await Promise.all([...flood, other]);
  assert.deepEqual(results.get('192.0.2.1'), ['mismatch']);
  assert.ok(order.indexOf('192.0.2.1') <= 1 + 60, `${order.indexOf('192.0.2.1')} were checked before`);
  const refused = [...results.values()].flat().filter((result) => result === 'busy').length;
  assert.equal(refused, 10 * 60 + 1 - 1 - 256, 'all but the one that ran at once and those with a place');
});

test('the same letters typed composed or decomposed are one password (NFKC)', async () => {
  const checker = new PasswordChecker({ concurrency: 1 });
  assert.equal(await checker.verify(await hashPassword('pa\u0308ss'), 'p\u00e4ss', holder), 'match');
});

test('an empty password and one over 1024 bytes are refused', async () => {
  const checker = new PasswordChecker({ concurrency: 1 });
  for (const password of ['', 'x'.repeat(1025), 'ä'.repeat(513)]) {
    await assert.rejects(hashPassword(password), /1 to 1024 bytes/);
    assert.equal(await checker.verify(undefined, password, holder), 'mismatch');
  }
  const longest = 'ä'.repeat(512);
  assert.equal(await checker.verify(await hashPassword(longest), longest, holder), 'match');
});

test('generated passwords are four readable groups and do not repeat', () => {
  const passwords = Array.from({ length: 100 }, generatePassword);
  for (const password of passwords) assert.match(password, /^[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){3}$/);
  assert.equal(new Set(passwords).size, 100);
});

test('only canonical argon2id hashes of bearable cost are read', () => {
  const tag = 'CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.ok(parsePasswordHash(cheap + tag));
  const refused = [
    'hunter2',
    '$2b$12$abcdefghijklmnopqrstuv',
    `$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$m=8,t=1,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$t=1,m=8,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=08,t=1,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=8,t=0,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=8,t=17,p=1$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=8,t=1,p=0$c29tZXNhbHQ$${tag}`,
    `$argon2id$v=19$m=8,t=1,p=1$c2FsdA$${tag}`,
    `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ=$${tag}`,
    `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHR$${tag}`,
    `${cheap}CTFhFdXPJO1a`,
    `${cheap}${tag}\n`,
  ];
  for (const text of refused) assert.equal(parsePasswordHash(text), undefined, text);
});

test('what is rendered is read back the same', () => {
  fc.assert(
    fc.property(
      fc.record<Argon2idHash>(
        {
          memory: fc.integer({ min: 128, max: 262_144 }),
          passes: fc.integer({ min: 1, max: 16 }),
          parallelism: fc.integer({ min: 1, max: 16 }),
          salt: fc.uint8Array({ minLength: 8, maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
          tag: fc.uint8Array({ minLength: 16, maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
        },
        { noNullPrototype: true },
      ),
      (hash) => assert.deepEqual(parsePasswordHash(renderPasswordHash(hash)), hash),
    ),
  );
});
