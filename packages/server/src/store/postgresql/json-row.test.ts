import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonRow } from './json-row.ts';

const row = jsonRow({ id: 'a.id', salt: "encode(a.salt, 'hex')" });

test('columns are selected as one JSON array, and read by their names', () => {
  assert.equal(row.selected, "json_build_array(a.id, encode(a.salt, 'hex')) AS columns");
  assert.deepEqual(row.read({ columns: '[9007199254740991, null]' }), {
    id: Number.MAX_SAFE_INTEGER,
    salt: null,
  });
});

test('a number in a row of JSON that is no safe integer is refused by its name', () => {
  assert.throws(
    () => row.read({ columns: '[9007199254740993, ""]' }),
    /^RangeError: Read id: 9007199254740992 is not/,
  );
  assert.throws(() => row.read({ columns: '[1.5, ""]' }), RangeError);
});
