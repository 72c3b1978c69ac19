import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { openKeyFile } from './key-file.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;

interface StoredKey {
  readonly id: number;
  readonly createdAt: string;
  readonly secret: string;
}

function storedKeys(dataDir: string): readonly StoredKey[] {
  return JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')).keys;
}

test('the first start makes a key, and the next start finds it', () => {
  using folder = temporaryFolder();
  const mac = openKeyFile(folder.path, START_MS).mac('p', 'x');
  assert.equal(openKeyFile(folder.path, START_MS + DAY_MS).verifyMac(mac, 'p', 'x'), true);
  assert.equal(storedKeys(folder.path).length, 1);
});

test('only its owner can read the key file (0600), and the data folder that was made for it (0700)', () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, 'data');
  openKeyFile(dataDir, START_MS);
  assert.equal(statSync(join(dataDir, 'keys.json')).mode & 0o777, 0o600);
  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  openKeyFile(dataDir, START_MS + 90 * DAY_MS);
  assert.equal(statSync(join(dataDir, 'keys.json')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(dataDir), ['keys.json'], 'nothing is left of writing it');
});

test('each instance has a secret of its own, of 256 bits', () => {
  using one = temporaryFolder();
  using other = temporaryFolder();
  const secrets = [one, other].map(({ path }) => {
    openKeyFile(path, START_MS);
    return storedKeys(path)[0]?.secret ?? '';
  });
  assert.notEqual(secrets[0], secrets[1]);
  for (const secret of secrets) assert.equal(Buffer.from(secret, 'base64url').length, 32);
});

test('a key is replaced when it is 90 days old, and what it made stays good', () => {
  using folder = temporaryFolder();
  const first = openKeyFile(folder.path, START_MS);
  const sealed = first.seal('client', Buffer.from('registered on the last day'));
  assert.equal(openKeyFile(folder.path, START_MS + 90 * DAY_MS - 1).currentId, first.currentId);
  const second = openKeyFile(folder.path, START_MS + 90 * DAY_MS);
  assert.notEqual(second.currentId, first.currentId);
  assert.equal(second.unseal('client', sealed)?.toString(), 'registered on the last day');
  assert.equal(openKeyFile(folder.path, START_MS + 91 * DAY_MS).currentId, second.currentId);
});

test('a key is dropped 400 days after it was replaced, no sooner', () => {
  using folder = temporaryFolder();
  const sealed = openKeyFile(folder.path, START_MS).seal('client', Buffer.from('x'));
  openKeyFile(folder.path, START_MS + 90 * DAY_MS);
  const lastDayMs = START_MS + (90 + 400) * DAY_MS;
  assert.notEqual(openKeyFile(folder.path, lastDayMs - 1).unseal('client', sealed), undefined);
  assert.equal(openKeyFile(folder.path, lastDayMs + 90 * DAY_MS).unseal('client', sealed), undefined);
});

test('one start with a clock that is years ahead drops no key', () => {
  using folder = temporaryFolder();
  const sealed = openKeyFile(folder.path, START_MS).seal('client', Buffer.from('x'));
  openKeyFile(folder.path, START_MS + 90 * DAY_MS);
  openKeyFile(folder.path, START_MS + 5000 * DAY_MS);
  assert.notEqual(openKeyFile(folder.path, START_MS + 91 * DAY_MS).unseal('client', sealed), undefined);
});

test('years of rotations never give two keys one id', () => {
  using folder = temporaryFolder();
  for (let rotation = 0; rotation < 300; rotation += 1) {
    const keys = openKeyFile(folder.path, START_MS + rotation * 90 * DAY_MS);
    assert.equal(new Set(keys.ids).size, keys.ids.length);
  }
  const ids = storedKeys(folder.path).map(({ id }) => id);
  assert.deepEqual(ids, [39, 40, 41, 42, 43, 44], 'ids are a byte, and begin again');
});

test('a clock that was set back makes no new key', () => {
  using folder = temporaryFolder();
  const { currentId } = openKeyFile(folder.path, START_MS);
  assert.equal(openKeyFile(folder.path, START_MS - 400 * DAY_MS).currentId, currentId);
});

test('a damaged key file is refused, kept as it is, and not quoted', () => {
  const secret = Buffer.alloc(32, 7).toString('base64url');
  const key = { id: 1, createdAt: '2026-01-01T00:00:00.000Z', secret };
  const damaged = [
    '',
    'not json',
    'null',
    '{}',
    '{"keys":[]}',
    '{"keys":{}}',
    '{"keys":[null]}',
    `{"keys":[${JSON.stringify(key)}`,
    JSON.stringify({ keys: [{ ...key, secret: secret.slice(4) }] }),
    JSON.stringify({ keys: [{ ...key, secret: 44 }] }),
    JSON.stringify({ keys: [{ ...key, id: 256 }] }),
    JSON.stringify({ keys: [{ ...key, id: '1' }] }),
    JSON.stringify({ keys: [{ ...key, createdAt: 'yesterday' }] }),
  ];
  using folder = temporaryFolder();
  const file = join(folder.path, 'keys.json');
  for (const text of damaged) {
    writeFileSync(file, text);
    assert.throws(
      () => openKeyFile(folder.path, START_MS),
      (error: Error) => {
        assert.match(error.message, /keys\.json are damaged: restore the file from a backup, or remove it/);
        assert.equal(error.cause, undefined);
        assert.equal(error.message.includes(secret.slice(4, 12)), false);
        return true;
      },
    );
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});

test('a key file that cannot be read is refused, not replaced', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'keys.json'));
  assert.throws(() => openKeyFile(folder.path, START_MS), /Cannot read the keys at .*keys\.json/);
});

test('a data folder that cannot be written is told of', {
  skip: process.getuid?.() === 0 && 'root may write anywhere',
}, () => {
  using folder = temporaryFolder();
  chmodSync(folder.path, 0o500);
  assert.throws(() => openKeyFile(folder.path, START_MS), /EACCES/);
  chmodSync(folder.path, 0o700);
});
