import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalQuery } from './canonical-query.ts';

for (const [path, query, canonical] of [
  ['/v0.4/services/sqs.ts', 'includeOpts=no&docs=short&actions=', ''],
  ['/v0.4/services/sqs.ts', 'longs=number&x=1&actions=Send*,Get*&docs=full', 'docs=full&actions=Send*,Get*'],
  ['/v0.4/services/sqs', 'longs=bigint&random=123', 'longs=bigint'],
  ['/v0.4/services', 'q=a b&x=1', 'q=a+b'],
  ['/v0.4/docs/sqs', 'x=1&q=send', 'q=send'],
  ['/v0.4/docs/sqs/SQS', 'x=1', ''],
  ['/v0.4/client/mod.ts', 'q=1&docs=full', ''],
  ['/v0.4/client/mod.ts', 'source&x=1', 'source='],
  ['/v0.4/services/mod.ts', 'x=1&actions[sts]=Get*&docs=full', 'docs[sts]=full&actions[sts]=Get*'],
  ['/v0.4/services/mod.ts', 'docs%5Bsts%5D=none&actions[sso]=', 'actions[sts]=&docs[sts]=none&actions[sso]='],
] as const) {
  test(`of the query "${query}", the answer at ${path} depends on "${canonical}"`, () => {
    assert.equal(canonicalQuery(path, query), canonical);
    assert.equal(canonicalQuery(path, canonical), canonical);
  });
}

test('a query that is refused is left as it is, so that the answer says what is wrong', () => {
  assert.equal(canonicalQuery('/v0.4/services/sqs.ts', 'docs=huge&x=1'), 'docs=huge&x=1');
});

test('which lines of source code a page shows depends on more of the query than the module does', () => {
  const query = 'x=1&lines=2001-4000&docs=full&symbol=A&raw';
  for (const [path, page, module] of [
    ['/v0.4/services/sqs.ts', 'docs=full&lines=2001-4000&symbol=A', 'docs=full'],
    ['/v0.4/client/mod.ts', 'lines=2001-4000&symbol=A', ''],
    ['/v0.4/services', '', ''],
    ['/v0.4/docs/sqs', '', ''],
  ] as const) {
    assert.equal(canonicalQuery(path, query, true), page);
    assert.equal(canonicalQuery(path, page, true), page);
    assert.equal(canonicalQuery(path, query), module);
  }
});
