import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { resultName } from './describe-result.ts';
import { searchedService } from './entries-of-service.ts';
import { search } from './search.ts';
import { type SearchEntry, type SearchedService, searchKinds } from './search-entry.ts';
import { SearchIndex } from './search-index.ts';
import { parseSearchQuery } from './search-query.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-search-'));
  file = join(folder, 'search-index.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const birds: SearchedService = {
  moduleName: 'birds',
  className: 'Birds',
  title: 'Amazon Birds',
  otherNames: ['ornithology'],
  rank: 63,
};
const boats: SearchedService = {
  moduleName: 'boats',
  className: 'Boats',
  title: 'Amazon Boats',
  otherNames: [],
  rank: 0,
};

function entry(kind: SearchEntry['kind'], symbol: string, member?: string): SearchEntry {
  return { kind, symbol, ...(member !== undefined && { member }), summary: `About ${symbol}.`, text: '' };
}

const entriesOfBirds = [
  entry('service', 'Amazon Birds'),
  entry('operation', 'Birds', 'listNests'),
  entry('interface', 'Nest'),
  entry('property', 'Nest', 'height'),
  { ...entry('error', 'NestIsEmpty'), text: 'The eggs have hatched.' },
];

function find(index: SearchIndex, typed: string): readonly string[] {
  return search(index, parseSearchQuery(typed), 20).entries.map(resultName);
}

test('a search index on disk is found again', () => {
  const index = SearchIndex.open(file);
  index.replace(birds, 'model of 2020', entriesOfBirds);
  for (const path of [file, `${file}-wal`]) assert.equal(statSync(path).mode & 0o777, 0o600);
  index.close();
  const again = SearchIndex.open(file);
  assert.deepEqual(again.sources(), new Map([['birds', 'model of 2020']]));
  assert.equal(find(again, 'list nests')[0], 'Birds.listNests');
  again.close();
});

test('a service that is indexed again has nothing of what it had', () => {
  const index = SearchIndex.open(file);
  index.replace(birds, 'model of 2020', entriesOfBirds);
  index.replace(birds, 'model of 2021', [entry('service', 'Amazon Birds'), entry('interface', 'Flock')]);
  assert.deepEqual(find(index, 'flock'), ['Flock']);
  assert.deepEqual(find(index, 'nest'), []);
  assert.deepEqual(find(index, 'hatched'), []);
  index.remove('birds');
  assert.deepEqual(find(index, 'flock'), []);
  assert.deepEqual(find(index, 'birds'), []);
  index.close();
});

test('words in the documentation are found in any form', () => {
  const index = SearchIndex.open(file);
  index.replace(birds, '', entriesOfBirds);
  assert.deepEqual(find(index, 'hatch egg'), ['NestIsEmpty']);
  index.close();
});

test('of two equally good results, that of the service with the better rank is first', () => {
  const index = SearchIndex.open(file);
  index.replace(birds, '', [entry('interface', 'Mast')]);
  index.replace(boats, '', [entry('interface', 'Mast')]);
  const services = search(index, parseSearchQuery('mast'), 20).entries.map(
    ({ service }) => service.moduleName,
  );
  assert.deepEqual(services, ['boats', 'birds']);
  index.close();
});

test('a filter by service leaves out all others, and without words it lists the service', () => {
  const index = SearchIndex.open(file);
  index.replace(birds, '', [...entriesOfBirds, entry('interface', 'Mast')]);
  index.replace(boats, '', [entry('interface', 'Mast')]);
  assert.deepEqual(find(index, 'in:boats mast'), ['Mast']);
  assert.deepEqual(find(index, 'in:birds type:error'), ['NestIsEmpty']);
  assert.deepEqual(find(index, 'in:trains mast'), []);
  index.close();
});

test('another connection sees what was indexed since it opened', () => {
  const reader = SearchIndex.open(file);
  assert.deepEqual(find(reader, 'nest'), []);
  const writer = SearchIndex.open(file);
  writer.replace(birds, '', entriesOfBirds);
  assert.equal(find(reader, 'nest')[0], 'Nest');
  assert.equal(find(reader, 'nset')[0], 'Nest');
  reader.close();
  writer.close();
});

test('a file that is no database, is cut off, or has another layout is made anew', () => {
  const damage: readonly (() => void)[] = [
    () => writeFileSync(file, 'not a database, and long enough to have a header of one'.repeat(10)),
    () => {
      const index = SearchIndex.open(file);
      index.replace(birds, '', entriesOfBirds);
      index.close();
      const { size } = statSync(file);
      writeFileSync(file, Buffer.alloc(size, 7));
    },
    () => {
      const database = new DatabaseSync(file);
      database.exec('CREATE TABLE entry (id INTEGER); PRAGMA user_version = 999');
      database.close();
    },
  ];
  for (const damageFile of damage) {
    rmSync(file, { force: true });
    damageFile();
    const index = SearchIndex.open(file);
    assert.equal(index.sources().size, 0);
    index.replace(birds, '', entriesOfBirds);
    assert.equal(find(index, 'nest')[0], 'Nest');
    index.close();
  }
});

test('no query breaks the search, whatever its characters', () => {
  const index = SearchIndex.open(file);
  index.replace(birds, '', entriesOfBirds);
  const parts = [
    'nest',
    '"',
    "'",
    '*',
    '(',
    ')',
    ':',
    '^',
    '-',
    'AND',
    'OR',
    'NOT',
    'NEAR',
    '{',
    '}',
    '\0',
    'İ',
    'ß',
    '💥',
    '\ud800',
    '%',
    'type:',
    'in:',
    'name:',
  ];
  for (const first of parts) {
    for (const second of parts) {
      for (const typed of [first + second, `${first} ${second}`, `${second}${first}${second} ${first}`]) {
        assert.ok(Array.isArray(find(index, typed)), typed);
      }
    }
  }
  index.close();
});

test('every kind that is stored is found by its name', () => {
  const index = SearchIndex.open(file);
  index.replace(
    birds,
    '',
    searchKinds.map((kind) => entry(kind, 'Plumage', kind === 'property' ? 'plumage' : undefined)),
  );
  const kinds = search(index, parseSearchQuery('plumage'), 50).entries.map(({ kind }) => kind);
  assert.deepEqual(new Set(kinds), new Set(searchKinds.filter((kind) => kind !== 'service')));
  index.close();
});

test('what a search finds first: the service that is named, an error without its suffix, another word for a thing', () => {
  const index = SearchIndex.open(file);
  index.replace(boats, 'model', [
    entry('service', 'Amazon Boats'),
    entry('operation', 'Boats', 'rebootMotorEngine'),
    entry('error', 'EngineStalledException'),
    entry('value', 'BoatFailure', 'EngineStalled'),
  ]);
  index.replace({ ...birds, rank: 1 }, 'model', [
    entry('service', 'Amazon Birds'),
    entry('interface', 'BoatsMotor'),
  ]);
  assert.equal(find(index, 'boats motor')[0], 'BoatsMotor', 'the words are the name');
  assert.equal(find(index, 'boats engine')[0], 'Boats.rebootMotorEngine');
  assert.equal(find(index, 'boats engine stalled')[0], 'EngineStalledException');
  assert.equal(find(index, 'restart motor')[0], 'Boats.rebootMotorEngine');
  index.close();
});

test('a service is found by its known names in the singular, and without their small words', () => {
  const file = { path: '', serviceId: 'a#B', version: '1', sdkId: 'Polly', endpointPrefix: 'polly' };
  const service = searchedService({ moduleName: 'polly', className: 'Polly', files: [file] } as never);
  assert.ok(service.otherNames.includes('text speech'), service.otherNames.join());
  assert.ok(service.otherNames.includes('voice'), service.otherNames.join());
});
