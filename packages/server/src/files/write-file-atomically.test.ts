import assert from 'node:assert/strict';
import fs, { fstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

test('an atomic write makes or replaces the file with the given mode, and leaves no other file', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  for (const [text, mode] of [
    ['first', 0o666],
    ['second', 0o600],
  ] as const) {
    writeFileAtomically(file, text, { mode });
    assert.equal(readFileSync(file, 'utf8'), text);
    assert.equal(statSync(file).mode & 0o777, mode);
  }
  assert.deepEqual(readdirSync(folder.path), ['file']);
});

test('a process that has the file open reads the old content after an atomic write', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileAtomically(file, 'before', { mode: 0o600 });
  const descriptor = fs.openSync(file, 'r');
  writeFileAtomically(file, 'after', { mode: 0o600 });
  assert.equal(readFileSync(descriptor, 'utf8'), 'before');
  fs.closeSync(descriptor);
});

test('an atomic write that fails leaves no file behind', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'taken'));
  assert.throws(() => writeFileAtomically(join(folder.path, 'taken'), 'text', { mode: 0o600 }));
  assert.deepEqual(readdirSync(folder.path), ['taken']);
});

test('an atomic write whose check fails leaves the file as it was, and no other file', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileAtomically(file, 'before', { mode: 0o600 });
  const check = () => {
    assert.equal(readFileSync(file, 'utf8'), 'before');
    throw new Error('changed meanwhile');
  };
  assert.throws(() => writeFileAtomically(file, 'after', { mode: 0o600 }, check), /changed meanwhile/);
  assert.equal(readFileSync(file, 'utf8'), 'before');
  assert.deepEqual(readdirSync(folder.path), ['file']);
});

test('an atomic write syncs the file first, and its folder after the rename', {
  skip: process.platform === 'win32' && 'Windows syncs no folders',
}, (t) => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  const synced: string[] = [];
  const { fsyncSync } = fs;
  t.mock.method(fs, 'fsyncSync', (descriptor: number) => {
    synced.push(fstatSync(descriptor).isDirectory() ? `folder of ${readdirSync(folder.path)}` : 'file');
    fsyncSync(descriptor);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  writeFileAtomically(file, 'text', { mode: 0o600 });
  assert.deepEqual(synced, ['file', 'folder of file']);
});

test('an atomic write ignores an owner that the process may not give the file to', {
  skip: process.getuid?.() === 0 && 'root may give files to anyone',
}, () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileAtomically(file, 'text', { mode: 0o600, owner: { uid: 0, gid: 0 } });
  assert.equal(readFileSync(file, 'utf8'), 'text');
});
