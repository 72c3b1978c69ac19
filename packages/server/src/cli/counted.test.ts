import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from './counted.ts';

test('one of a thing is named in the singular, none and several in the plural', () => {
  assert.deepEqual(
    [counted(0, 'row'), counted(1, 'row'), counted(2, 'row'), counted(1, 'entry'), counted(2, 'entry')],
    ['0 rows', '1 row', '2 rows', '1 entry', '2 entries'],
  );
});
