import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { showProgress } from './progress-bar.ts';

function terminal(options: { readonly isTTY: boolean; readonly columns: number }) {
  const stream = new PassThrough({ encoding: 'utf8' });
  return Object.assign(stream, options) as PassThrough & NodeJS.WriteStream;
}

test('the progress bar fits in one line of a terminal, and is removed at its end', () => {
  const stream = terminal({ isTTY: true, columns: 44 });
  const progress = showProgress(4, stream);
  progress.advance(2, 'a name that is longer than the line');
  assert.equal(stream.read(), `\r${'█'.repeat(15)}${'░'.repeat(15)} 2 of 4  a na\x1b[K`);
  progress.end();
  assert.equal(stream.read(), '\r\x1b[K');
});

test('the progress bar is not printed when standard error is no terminal', () => {
  const stream = terminal({ isTTY: false, columns: 80 });
  const progress = showProgress(4, stream);
  progress.advance(2, 'sts');
  progress.end();
  assert.equal(stream.read(), null);
});

test('the progress bar is full where there is more to do than was known, or nothing', () => {
  const stream = terminal({ isTTY: true, columns: 80 });
  showProgress(4, stream).advance(9, 'entries');
  assert.equal(stream.read(), `\r${'█'.repeat(30)} 9 of 4  entries\x1b[K`);
  showProgress(0, stream).advance(0, 'entries');
  assert.equal(stream.read(), `\r${'█'.repeat(30)} 0 of 0  entries\x1b[K`);
});
