import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { checkNewPassword } from './check-new-password.ts';
import { checkRefusedFile, isInRefusedFile, MOST_BYTES_OF_PASSWORDS } from './refused-file.ts';

const folder = temporaryFolder();
after(() => folder[Symbol.dispose]());
const file = join(folder.path, 'refused.txt');

function hashLines(
  passwords: readonly string[],
  { counts = true, lineEnd = '\r\n', ends = true } = {},
): string {
  const lines = passwords
    .map((password) => hash('sha1', password).toUpperCase())
    .sort()
    .map((digits, index) => (counts ? `${digits}:${10 ** (index % 9)}` : digits));
  return lines.join(lineEnd) + (ends ? lineEnd : '');
}

test('every password is found among sorted SHA-1 hashes, and no other one, in every form of such files', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }).map(String), { minLength: 1, maxLength: 60 }),
      fc.record({ counts: fc.boolean(), lineEnd: fc.constantFrom('\n', '\r\n'), ends: fc.boolean() }),
      fc.boolean(),
      async (passwords, form, isLower) => {
        const text = hashLines(passwords, form);
        writeFileSync(file, isLower ? text.toLowerCase() : text);
        await checkRefusedFile(file);
        for (const password of passwords) assert.equal(await isInRefusedFile(file, password), true);
        for (const other of ['a', 'b', `${passwords[0]}x`]) {
          assert.equal(await isInRefusedFile(file, other), false);
        }
      },
    ),
    { numRuns: 60, seed: 20_260_101 },
  );
});

test('a file of hashes is searched by a few reads, and not read through', async (t) => {
  const passwords = Array.from({ length: 100_000 }, (_, index) => `password ${index}`);
  writeFileSync(file, hashLines(passwords));
  await using handle = await open(file);
  const read = t.mock.method(Object.getPrototypeOf(handle), 'read');
  for (const [password, isThere] of [
    ['password 4711', true],
    ['none of them', false],
  ] as const) {
    read.mock.resetCalls();
    assert.equal(await isInRefusedFile(file, password), isThere);
    // 4.5 MB are halved 23 times.
    assert.ok(read.mock.callCount() < 30, `${read.mock.callCount()} reads`);
  }
});

test('every password is found in a list of passwords, and no part of a line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[\r\n]/.test(text)),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (passwords, lineEnd, ends) => {
        writeFileSync(file, passwords.join(lineEnd) + (ends ? lineEnd : ''));
        for (const password of passwords) assert.equal(await isInRefusedFile(file, password), true, password);
        assert.equal(await isInRefusedFile(file, `${passwords[0]}${passwords[0]}-longer`), false);
      },
    ),
    { numRuns: 60, seed: 20_260_101 },
  );
});

test('a password is found where a list is longer than what is read at once', async () => {
  for (const offset of [-30, -12, -11, -2, -1, 0, 1]) {
    writeFileSync(file, `${'x'.repeat(1024 * 1024 + offset)}\r\nhorse battery\r\nlast one`);
    assert.equal(await isInRefusedFile(file, 'horse battery'), true, `${offset}`);
    assert.equal(await isInRefusedFile(file, 'battery'), false);
    assert.equal(await isInRefusedFile(file, 'last one'), true);
  }
});

test('a new password that the list has is refused, in whatever case the list has it', async () => {
  writeFileSync(file, 'lamp orchard vertical\n');
  const rules = { minLength: 15, refusedFile: file };
  for (const password of ['lamp orchard vertical', 'Lamp Orchard Vertical']) {
    assert.deepEqual(await checkNewPassword(password, rules), { kind: 'breached' });
  }
  assert.equal(await checkNewPassword('lamp orchard upright', rules), undefined);
});

test('nothing is taken while the list cannot be read', async () => {
  const missing = join(folder.path, 'missing');
  const rules = { minLength: 15, refusedFile: missing };
  await assert.rejects(
    checkNewPassword('lamp orchard vertical', rules),
    /missing cannot be read: .*no such file/i,
  );
});

for (const [what, write, said] of [
  [
    'hashes that are not sorted',
    () => writeFileSync(file, `${'F'.repeat(40)}:1\n${'0'.repeat(40)}:2\n`.repeat(9)),
    /not sorted .*sort it by hash/,
  ],
  [
    'hashes and other lines',
    () => writeFileSync(file, `${'0'.repeat(40)}:1\n${'password\n'.repeat(99)}`),
    /another line at byte \d+/,
  ],
  [
    'passwords of more than 256 MiB',
    () => {
      writeFileSync(file, 'password\n');
      truncateSync(file, MOST_BYTES_OF_PASSWORDS + 1);
    },
    /more than 256 MiB.*sorted SHA-1 hashes/,
  ],
] as const) {
  test(`a file with ${what} is a fault of the configuration`, async () => {
    write();
    await assert.rejects(checkRefusedFile(file), said);
  });
}

test('a folder, and a pipe that nobody writes to, are a fault of the configuration, and nobody waits', async () => {
  await assert.rejects(checkRefusedFile(folder.path), /is no file/);
  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await assert.rejects(checkRefusedFile(pipe), /is no file/);
});

test('an empty file refuses nothing', async () => {
  writeFileSync(file, '');
  await checkRefusedFile(file);
  assert.equal(await isInRefusedFile(file, 'lamp orchard vertical'), false);
});
