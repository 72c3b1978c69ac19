import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { migrate } from '../sqlite/migrations.ts';
import { REQUEST, tables } from './tables.ts';

const TYPES: Readonly<Record<string, string>> = {
  integer: 'INTEGER',
  text: 'TEXT',
  bytes: 'BLOB',
  uuid: 'BLOB',
};

interface SqliteColumn {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

function openDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  return database;
}

function columnsOf(database: DatabaseSync, table: string): readonly SqliteColumn[] {
  return database.prepare('SELECT * FROM pragma_table_info(?)').all(table) as unknown as SqliteColumn[];
}

test('the list of tables has every table and every column of SQLite', () => {
  const database = openDatabase();
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> ?")
    .all(REQUEST.table);
  assert.deepEqual(
    tables.map(({ name }) => name).toSorted(),
    names.map(({ name }) => String(name)).toSorted(),
  );
  const requestColumns = columnsOf(database, REQUEST.table).filter(({ name }) => name !== REQUEST.of);
  assert.deepEqual(
    requestColumns.map(({ name }) => name),
    REQUEST.columns,
  );
  for (const { name, columns, key } of tables) {
    const own = columnsOf(database, name);
    // An integer that is the primary key is never null, and SQLite does not say so.
    const real = [
      ...own.map((each) => [each.name, each.type, each.notnull === 0 && each.pk === 0]),
      ...(name === 'authorization' ? requestColumns.map((each) => [each.name, each.type, true]) : []),
    ];
    const listed = columns.map((each) => [each.name, TYPES[each.type], each.isNullable]);
    assert.deepEqual(listed.toSorted(), real.toSorted(), name);
    const realKey = own.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
    assert.deepEqual(
      key.map((each) => each.name),
      realKey.map((each) => each.name),
      name,
    );
  }
});

test('the list of tables has every reference of SQLite, and each table after those that it refers to', () => {
  const database = openDatabase();
  const seen = new Set<string>();
  for (const { name, references } of tables) {
    const real = database.prepare('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)').all(name);
    assert.deepEqual(
      Object.entries(references)
        .map(([column, { table, column: of }]) => [column, table, of])
        .toSorted(),
      real.map((each) => [each['from'], each['table'], each['to']]).toSorted(),
      name,
    );
    for (const { table } of Object.values(references)) assert.ok(seen.has(table), `${name} after ${table}`);
    seen.add(name);
  }
});
