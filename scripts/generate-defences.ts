// Writes docs/security/defences.md from the list of defences in test/defences. With --check it writes nothing, and fails when the
// page is out of date.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { subjects } from '../test/defences/list.ts';
import { renderDocument } from '../test/defences/render-document.ts';

const file = path.join(import.meta.dirname, '../docs/security/defences.md');
const text = renderDocument(subjects);
const current = await readFile(file, 'utf8').catch(() => undefined);
if (current !== text) {
  if (process.argv.includes('--check')) {
    console.error('docs/security/defences.md is out of date: run `npm run generate`');
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
  }
}
