import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { applyPatch } from './defences/apply-patch.ts';
import { runTest, tryWithout } from './defences/try-without.ts';

const code = 'export const isAllowed = (name) => name === "alice";\n';
const tests = `
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAllowed } from './gate.mjs';
test('alice is let in', () => assert.ok(isAllowed('alice')));
describe('the gate', () => {
  test('keeps \${nobody} out (1 of 2)', () => assert.ok(!isAllowed('mallory')));
});
test('is not tried here', { skip: true }, () => assert.fail());
`;
const named = (title: string) => ({ file: 'gate.test.mjs', title });
const outsiders = named('keeps ${nobody} out (1 of 2)');

/** A tree with a gate, and what comes of taking it out by a replacement of its comparison. */
async function tryOut(replacement: string, title = outsiders) {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'gate.mjs');
  writeFileSync(file, code);
  writeFileSync(path.join(folder.path, 'gate.test.mjs'), tests);
  const without = [{ file: 'gate.mjs', find: 'name === "alice"', replacement }];
  const outcome = await tryWithout(folder.path, { name: 'Gate', what: '', without, test: title });
  assert.equal(readFileSync(file, 'utf8'), code, 'the defence is put back');
  return { outcome, intact: await runTest(folder.path, title) };
}

test('a defence counts as seen where its own test fails without it', async () => {
  assert.deepEqual(await tryOut('true'), { outcome: 'failed', intact: 'passed' });
});

test('a test that passes without the defence, and failures of other tests, count as not seen', async () => {
  assert.deepEqual(await tryOut('true', named('alice is let in')), { outcome: 'passed', intact: 'passed' });
  assert.equal((await tryOut('name === "bob"')).outcome, 'passed');
});

test('code that does not load without the defence proves nothing', async () => {
  assert.equal((await tryOut('===')).outcome, 'broken');
});

test('a test that is skipped or missing is told as such', async () => {
  assert.equal((await tryOut('true', named('is not tried here'))).intact, 'skipped');
  assert.equal((await tryOut('true', named('is gone'))).intact, 'missing');
});

test('a patch is refused whose text occurs in its file twice, or not at all', () => {
  const patch = { file: 'gate.mjs', find: 'a', replacement: 'b' };
  assert.equal(applyPatch('a gate', { ...patch, find: 'a ' }), 'bgate');
  assert.throws(() => applyPatch('a gate', patch), /occurs 2 times, expected once/);
  assert.throws(() => applyPatch('the gt', patch), /occurs 0 times, expected once/);
});
