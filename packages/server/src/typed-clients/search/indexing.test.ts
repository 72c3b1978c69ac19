import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { Indexing } from './indexing.ts';

test('a search index is made with the first look, and none after the indexing was closed', async () => {
  using folder = temporaryFolder();
  const made = join(folder.path, 'made.db');
  const indexing = new Indexing({ models: [], searchIndex: made }, assert.fail);
  indexing.keepUpToDate(0);
  await indexing.ready();
  assert.ok(existsSync(made));
  await indexing.close();

  const late = join(folder.path, 'late.db');
  const closed = new Indexing({ models: [], searchIndex: late }, assert.fail);
  await closed.close();
  closed.keepUpToDate(0);
  await closed.ready();
  assert.ok(!existsSync(late));
});
