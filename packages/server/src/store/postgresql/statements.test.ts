import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findUnportable } from '../testing/portable-sql.ts';
import { SESSION_SETTINGS } from './link.ts';
import { bookkeeping, buildIndex, migrations } from './migrations.ts';
import { knownStatements, readStatement } from './statement.ts';

// Each module adds its statements as it is loaded.
for (const file of globSync('**/*.ts', { cwd: import.meta.dirname })) {
  if (!file.endsWith('.test.ts')) await import(join(import.meta.dirname, file));
}

describe('PostgreSQL-wire distributed engines take', () => {
  for (const { name, text } of knownStatements()) {
    test(`the statement ${name}`, async () => assert.deepEqual(await findUnportable(text), []));
  }
  for (const { name, statements } of migrations) {
    test(`the migration that makes ${name}`, async () => {
      for (const text of statements) assert.deepEqual(await findUnportable(text), [], text);
    });
  }
  test('the tables of the migrations, an index that is built, and the settings of a connection', async () => {
    const texts = [...bookkeeping, ...buildIndex('by_name', 'account (name)'), ...SESSION_SETTINGS];
    for (const text of [
      ...texts,
      'BEGIN ISOLATION LEVEL READ COMMITTED',
      'COMMIT',
      'ROLLBACK',
      'SAVEPOINT a',
    ])
      assert.deepEqual(await findUnportable(text), [], text);
  });
});

describe('refused is a statement with', () => {
  const refused: readonly (readonly [what: string, sql: string])[] = [
    ['a sequence', 'CREATE SEQUENCE ids'],
    ['a serial column', 'CREATE TABLE a (id bigserial PRIMARY KEY)'],
    ['an identity column', 'CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY)'],
    ['nextval', "SELECT nextval('ids')"],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()'],
    ['a function', "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    ['an advisory lock', 'SELECT pg_advisory_xact_lock(1)'],
    ['an advisory lock in a condition', 'DELETE FROM a WHERE EXISTS (SELECT pg_try_advisory_lock(1))'],
    ['LISTEN', 'LISTEN a'],
    ['NOTIFY', 'NOTIFY a'],
    ['pg_notify', "SELECT pg_notify('a', 'b')"],
    ['a temporary table', 'CREATE TEMPORARY TABLE a (id bigint)'],
    ['a temporary table from a query', 'SELECT 1 INTO TEMPORARY a'],
    ['an unlogged table', 'CREATE UNLOGGED TABLE a (id bigint)'],
    ['DO', 'DO $$ BEGIN END $$'],
    ['LOCK TABLE', 'LOCK TABLE a'],
    ['a cursor', 'DECLARE a CURSOR FOR SELECT 1'],
    ['COPY', 'COPY a FROM STDIN'],
    ['an extension', 'CREATE EXTENSION citext'],
    ['inheritance', 'CREATE TABLE a () INHERITS (b)'],
    ['an exclusion', 'CREATE TABLE a (id bigint, EXCLUDE USING gist (id WITH =))'],
    ['an index of another kind', 'CREATE INDEX i ON a USING gin (b)'],
    ['the place of a row', 'DELETE FROM a WHERE ctid = $1'],
    ['a type that not all have', 'CREATE TABLE a (at tsrange)'],
    ['a share lock', 'SELECT 1 FROM a FOR KEY SHARE'],
    ['MERGE', 'MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE'],
    ['a setting that not all have', 'SET work_mem = 1'],
  ];
  for (const [what, sql] of refused) {
    test(what, async () => assert.notDeepEqual(await findUnportable(sql), []));
  }
});

test('two statements of one name and different texts are refused', () => {
  readStatement('test_name', 'SELECT 1');
  readStatement('test_name', 'SELECT 1');
  assert.throws(() => readStatement('test_name', 'SELECT 2'), /Two SQL statements have the name "test_name"/);
});
