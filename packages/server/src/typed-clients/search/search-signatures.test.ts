import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultName } from './describe-result.ts';
import { search } from './search.ts';
import type { SearchEntry, SearchedService, SideOfSignature } from './search-entry.ts';
import { SearchIndex } from './search-index.ts';
import { parseSearchQuery } from './search-query.ts';

const birds: SearchedService = {
  moduleName: 'birds',
  className: 'Birds',
  title: 'Amazon Birds',
  otherNames: [],
  rank: 0,
};

const side = (
  members: readonly string[] = [],
  types: readonly string[] = [],
  within: readonly string[] = [],
) => ({
  members,
  types,
  within,
});

function operation(member: string, input: SideOfSignature, output: SideOfSignature): SearchEntry {
  return { kind: 'operation', symbol: 'Birds', member, summary: '', text: '', signature: { input, output } };
}

const index = SearchIndex.open(':memory:');
index.replace(birds, '', [
  operation('describeFlock', side(['flockId']), side([], ['DescribeFlockOutput'], ['nest', 'Nest'])),
  operation('findNest', side(['nestArn', 'region']), side(['nest'], ['FindNestOutput', 'Nest'])),
  operation('nameNest', side(['nestArn', 'name']), side(['nest'], ['NameNestOutput'])),
]);
index.replace({ ...birds, moduleName: 'boats', className: 'Boats', rank: 9 }, '', [
  { ...operation('sinkBoat', side(['nestArn']), side([], ['Nest'])), symbol: 'Boats' },
]);

const find = (typed: string) => search(index, parseSearchQuery(typed), 10).entries.map(resultName);

test('operations are found by what goes in and what comes out: a type before a member, a member before what is within', () => {
  assert.deepEqual(find('-> Nest'), [
    'Birds.findNest',
    'Boats.sinkBoat',
    'Birds.nameNest',
    'Birds.describeFlock',
  ]);
  assert.deepEqual(find('flockId -> Nest'), ['Birds.describeFlock']);
  assert.deepEqual(find('NestArn ->'), ['Birds.findNest', 'Birds.nameNest', 'Boats.sinkBoat']);
});

test('names of a signature are found in any style, by their beginning, mistyped, and several together', () => {
  for (const typed of ['nest_arn, NAME → nest', 'nest arn,name=>Nest', '(nestArn, name) -> nest']) {
    assert.deepEqual(find(typed), ['Birds.nameNest'], typed);
  }
  assert.deepEqual(find('flock -> nest'), ['Birds.describeFlock']);
  assert.deepEqual(search(index, parseSearchQuery('flokcId -> nest'), 10).insteadOf?.words, [
    'flockid',
    'nest',
  ]);
});

test('the names that were looked for in place of mistyped ones are letters and digits alone', () => {
  const { insteadOf } = search(index, parseSearchQuery('[flokcId -> ne*st('), 10);
  assert.deepEqual(insteadOf?.words, ['flockid', 'nest']);
});

test('filters narrow a search by signature', () => {
  assert.deepEqual(find('in:boats -> Nest'), ['Boats.sinkBoat']);
  assert.deepEqual(find('type:operation nestArn -> Nest').length, 3);
  assert.deepEqual(find('in:trains -> Nest'), []);
});

test('an operation that is gone is found by its signature no more', () => {
  const another = SearchIndex.open(':memory:');
  another.replace(birds, '', [operation('findNest', side(), side([], ['Nest']))]);
  another.replace(birds, '', []);
  assert.deepEqual(search(another, parseSearchQuery('-> Nest'), 10).entries, []);
  another.close();
});

test('an arrow without names beside it is no signature', () => {
  for (const typed of ['->', '- > x', ' => ', 'a - b', '-> ()']) {
    assert.equal(parseSearchQuery(typed).signature, undefined, typed);
  }
  for (const typed of ['"->"nest*', '-> ^nest AND', 'a -> b -> c', '{} -> {nest}', '-> \0']) find(typed);
});
