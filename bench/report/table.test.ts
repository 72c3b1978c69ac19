import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTable } from './table.ts';

test('a table lines up in plain text and is Markdown', () => {
  const table = renderTable(
    ['figure', 'latchkey'],
    [
      ['refreshes/s', '9,900'],
      ['start', '1 ms'],
    ],
  );
  assert.equal(
    table,
    [
      '| figure      | latchkey |',
      '| ----------- | -------: |',
      '| refreshes/s |    9,900 |',
      '| start       |     1 ms |',
    ].join('\n'),
  );
});
