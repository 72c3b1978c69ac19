import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { uuidBytes } from '../../sql/directory/uuid-bytes.ts';
import { uuid } from '../../testing/directory/fixtures.ts';
import { migrate } from '../migrations.ts';
import { People } from './people.ts';

/** A database with the users 1 to 3. */
function openDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  database.exec("INSERT INTO directory_source (name, revision) VALUES ('file', 1)");
  const insert = database.prepare(`
    INSERT INTO directory_user
    VALUES (?1, hex(?1), hex(?1), 'name', 'enabled', NULL, NULL, NULL, 'AAAAAAAAAAA', 1, 'file', 0, 0)`);
  for (const number of [1, 2, 3]) insert.run(uuidBytes(uuid(number)));
  return database;
}

test('a person is remembered until forgotten, and so is that there is none', () => {
  const database = openDatabase();
  const people = new People(database);
  assert.equal(people.find(uuid(1))?.displayName, 'name');
  assert.equal(people.find(uuid(4)), undefined);
  database.exec("UPDATE directory_user SET display_name = 'other'");
  database
    .prepare('UPDATE directory_user SET id = ? WHERE id = ?')
    .run(uuidBytes(uuid(4)), uuidBytes(uuid(3)));
  assert.equal(people.find(uuid(1))?.displayName, 'name');
  assert.equal(people.find(uuid(4)), undefined);
  people.forget(uuid(1));
  people.forget(uuid(4));
  assert.equal(people.find(uuid(1))?.displayName, 'other');
  assert.notEqual(people.find(uuid(4)), undefined);
  database.close();
});

test('no more people are remembered than were allowed: whoever came first is forgotten', () => {
  const database = openDatabase();
  const people = new People(database, 2);
  for (const number of [1, 2, 3]) assert.notEqual(people.find(uuid(number)), undefined);
  database.exec('DELETE FROM directory_user');
  assert.deepEqual(
    [2, 3, 1].map((number) => people.find(uuid(number)) !== undefined),
    [true, true, false],
  );
  people.forgetAll();
  assert.equal(people.find(uuid(3)), undefined);
  database.close();
});

test('where nobody may be remembered, each answer is as of the read', () => {
  const database = openDatabase();
  const people = new People(database, 0);
  assert.notEqual(people.find(uuid(1)), undefined);
  database.exec('DELETE FROM directory_user');
  assert.equal(people.find(uuid(1)), undefined);
  database.close();
});
