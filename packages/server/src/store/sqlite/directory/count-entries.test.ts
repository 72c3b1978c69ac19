import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { type Counted, countAfter } from '../../sql/directory/count-entries.ts';
import { migrate } from '../migrations.ts';
import { PreparedStatements } from '../prepared-statements.ts';

test('entries are counted some at a time, each once, also where a key has several parts', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  database.exec(`
    PRAGMA foreign_keys = OFF;
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 11)
    INSERT INTO membership SELECT unhex(printf('%032x', n % 3)), unhex(printf('%032x', n)), unhex(printf('%032x', n)), 'file'
    FROM n`);
  const statements = new PreparedStatements(database);
  for (const most of [1, 4, 5, 12, 13]) {
    const counts: number[] = [];
    let counted: Counted | undefined;
    do {
      counted = statements.perform(countAfter('membership', counted?.last, most));
      counts.push(counted.count);
    } while (counted.last !== undefined);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      12,
    );
    assert.ok(counts.every((count) => count <= most));
    assert.equal(counts.length, Math.floor(12 / most) + 1);
  }
  database.close();
});
