import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchKinds } from './search-entry.ts';
import { kindFilters, parseSearchQuery } from './search-query.ts';

test('the words of a query are its letters and digits, in lower case', () => {
  assert.deepEqual(parseSearchQuery('  Put-Item  dynamoDB.scan ').words, ['put', 'item', 'dynamodb', 'scan']);
});

test('the capitals of a word begin its parts', () => {
  assert.deepEqual(parseSearchQuery('CrTo').parts, ['cr', 'to']);
  assert.equal(parseSearchQuery('create token').parts, undefined);
  assert.equal(parseSearchQuery('create k8s cluster').parts, undefined, 's alone begins too many words');
});

test('the small words of a question are left out, those of a name are not', () => {
  assert.deepEqual(parseSearchQuery('how to list users').words, ['list', 'users']);
  assert.deepEqual(parseSearchQuery('get role credentials').words, ['get', 'role', 'credentials']);
  assert.deepEqual(parseSearchQuery('cr to').words, ['cr', 'to']);
  assert.deepEqual(parseSearchQuery('how to do this').words, ['how', 'to', 'do', 'this']);
});

test('every filter chooses its kinds, in singular and plural, and by its other words', () => {
  for (const [filter, kinds] of Object.entries(kindFilters)) {
    for (const typed of [`type:${filter}`, `kind:${filter}`, `is:${filter.toUpperCase()}`]) {
      const query = parseSearchQuery(`${typed} x`);
      assert.deepEqual([...query.kinds].toSorted(), [...kinds].toSorted(), typed);
      assert.deepEqual(query.words, ['x']);
      assert.deepEqual(query.problems, []);
    }
  }
  for (const typed of [
    'type:errors',
    'type:exceptions',
    'type:properties',
    'type:methods',
    'kind:Services',
  ]) {
    assert.deepEqual(parseSearchQuery(typed).problems, [], typed);
  }
});

test('a filter that there is not is told, and the words count all the same', () => {
  const { kinds, problems, words } = parseSearchQuery('type:zebra token');
  assert.deepEqual(kinds, searchKinds);
  assert.deepEqual(words, ['token']);
  assert.match(
    problems.join(),
    /“type:zebra” was ignored: there is no kind “zebra”\. There are service, operation/,
  );
});

test('a filter that is being typed is none yet', () => {
  assert.deepEqual(parseSearchQuery('type: in: token').problems, []);
  assert.equal(parseSearchQuery('in: token').moduleName, undefined);
});

test('a query is read to its 200th character and its eighth word', () => {
  assert.equal(parseSearchQuery('a '.repeat(500)).words.length, 8);
  assert.equal(parseSearchQuery('a'.repeat(5_000)).words[0]?.length, 200);
});
