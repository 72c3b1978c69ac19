import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { readLogo } from './logo.ts';
import { watchLogo } from './watch-logo.ts';

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32">${content}</svg>`;

test('whoever exchanges the file of the logo reads in the log that a restart is needed, and why one would fail', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'logo.svg');
  await writeFile(file, svg(''));
  let wake = (_: string) => {};
  const log = (message: string) => wake(message);
  const watch = watchLogo({ file, logo: readLogo(file), log: { info: log, warn: log, error: log } });
  t.after(() => watch.close());
  await watch.started;
  const loggedAfter = async (change: Promise<unknown>) => {
    const logged = new Promise<string>((resolve) => {
      wake = resolve;
    });
    await change;
    await passTimeUntil(t, logged, 100);
    return logged;
  };
  assert.equal(
    await loggedAfter(writeFile(file, svg('<rect width="9" height="9"/>'))),
    `The logo in ${file} has changed, which needs a restart. Restart to show it`,
  );
  assert.match(
    await loggedAfter(writeFile(file, svg('<script/>'))),
    /^REFUSED: the logo \S+ has an element <script>, .* the next start would fail$/,
  );
  assert.match(await loggedAfter(rm(file)), /^REFUSED: the logo \S+ cannot be read: no such file/);
  assert.equal(await loggedAfter(writeFile(file, svg(''))), 'The logo is again the one that pages show');
});
