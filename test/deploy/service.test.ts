import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { readDeployed, runToEnd, skipWithout } from './harness.ts';

const skip = skipWithout('systemd-analyze');

test('systemd takes the unit, and rates what it may do as OK, 1.5 of 10 at most', { skip }, () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'latchkey.service');
  // A program that is here, in place of one that is installed.
  writeFileSync(file, readDeployed('latchkey.service').replace('/usr/bin/latchkey', '/bin/true'));
  assert.doesNotMatch(runToEnd('systemd-analyze', ['verify', file]), /latchkey\.service/);
  const said = runToEnd('systemd-analyze', ['security', '--offline=true', '--threshold=15', file]);
  assert.match(said, /Overall exposure level for latchkey\.service: [\d.]+ OK/);
});

test('image and unit let the C library give memory of checked passwords back', () => {
  assert.match(readDeployed('latchkey.service'), /^Environment=MALLOC_TRIM_THRESHOLD_=\d+$/m);
  assert.match(readDeployed('Dockerfile'), /^ {4}MALLOC_TRIM_THRESHOLD_=\d+ \\$/m);
});
