import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EndpointExpression, evaluate, holds } from './expression.ts';
import { partitions } from './partitions.ts';

const arn = 'arn:aws:s3:us-west-2:123456789012:accesspoint/mine:object';
const given = { Region: 'us-east-1', Empty: '', No: false, Yes: true, Arn: arn, List: ['a', 'b'] };

function value(expression: EndpointExpression): unknown {
  return evaluate(expression, { values: new Map(Object.entries(given)), partitions });
}

const cases: readonly (readonly [EndpointExpression, unknown])[] = [
  ['{Region}', 'us-east-1'],
  ['{Yes}', true],
  ['{Missing}', undefined],
  ['https://{Region}.{List#[0]}{List#[-1]}{Missing}', 'https://us-east-1.ab'],
  ['{{literal}} braces', '{literal} braces'],
  [['isSet', '{Empty}'], true],
  [['isSet', '{Missing}'], false],
  [['not', '{No}'], true],
  [['not', '{Missing}'], true],
  [['not', '{Empty}'], false],
  [['stringEquals', '{Region}', 'us-east-1'], true],
  [['stringEquals', '{Missing}', 'us-east-1'], undefined],
  [['booleanEquals', '{No}', false], true],
  [['coalesce', '{Missing}', '{Empty}', 'last'], ''],
  [['ite', '{No}', 'yes', 'no'], 'no'],
  [['substring', 'abcdef', 1, 3, false], 'bc'],
  [['substring', 'abcdef', 1, 3, true], 'de'],
  [['substring', 'abc', 0, 4, false], undefined],
  [['substring', 'abc', 2, 2, false], undefined],
  [['substring', 'äbc', 0, 1, false], undefined],
  [
    ['split', 'a-b-c', '-', 0],
    ['a', 'b', 'c'],
  ],
  [
    ['split', 'a-b-c', '-', 2],
    ['a', 'b-c'],
  ],
  [['split', '', '-', 0], ['']],
  [['uriEncode', "a b/:(!*')"], 'a%20b%2F%3A%28%21%2A%27%29'],
  [['isValidHostLabel', 'a-1', false], true],
  [['isValidHostLabel', '-a', false], false],
  [['isValidHostLabel', 'a.b', false], false],
  [['isValidHostLabel', 'a.b', true], true],
  [['isValidHostLabel', 'a..b', true], false],
  [['isValidHostLabel', 'a'.repeat(64), false], false],
  [['aws.isVirtualHostableS3Bucket', 'bucket', false], true],
  [['aws.isVirtualHostableS3Bucket', 'Bucket', false], false],
  [['aws.isVirtualHostableS3Bucket', 'my.bucket', false], false],
  [['aws.isVirtualHostableS3Bucket', 'my1.bucket', true], true],
  [['aws.isVirtualHostableS3Bucket', '192.168.100.200', true], false],
  [['aws.isVirtualHostableS3Bucket', 'ab', false], false],
  [['getAttr', ['aws.parseArn', '{Arn}'], 'resourceId[1]'], 'mine'],
  [['aws.parseArn', 'arn:aws:s3:::'], undefined],
  [['aws.parseArn', 'arn:aws:s3'], undefined],
  [['aws.parseArn', 'a bucket'], undefined],
  [['getAttr', ['aws.partition', 'cn-north-1'], 'name'], 'aws-cn'],
  [['getAttr', ['parseURL', 'https://host:443/a/b'], 'authority'], 'host:443'],
  [['getAttr', ['parseURL', 'https://host'], 'path'], ''],
  [['getAttr', ['parseURL', 'https://host'], 'normalizedPath'], '/'],
  [['getAttr', ['parseURL', 'http://10.0.0.1:8080/a/b'], 'normalizedPath'], '/a/b/'],
  [['getAttr', ['parseURL', 'http://[::1]/'], 'isIp'], true],
  [['getAttr', ['parseURL', 'http://localhost/'], 'isIp'], false],
  [['parseURL', 'https://host/?query'], undefined],
  [['parseURL', 'ftp://host/'], undefined],
  [['parseURL', 'host'], undefined],
  [['getAttr', '{Region}', 'toString'], undefined],
];

for (const [expression, expected] of cases)
  test(`${JSON.stringify(expression)} is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(value(expression), expected);
  });

test('an ARN is taken apart into what the rules ask for', () => {
  assert.deepEqual(value(['aws.parseArn', '{Arn}']), {
    partition: 'aws',
    service: 's3',
    region: 'us-west-2',
    accountId: '123456789012',
    resourceId: ['accesspoint', 'mine', 'object'],
  });
});

test('a condition holds where its value is there and is not false, and gives it a name where it says so', () => {
  const scope = { values: new Map<string, unknown>(Object.entries(given)), partitions };
  assert.equal(holds('{Empty}', scope), true);
  assert.equal(holds('{No}', scope), false);
  assert.equal(holds('{Missing}', scope), false);
  assert.equal(holds(['assign', 'First', '{List#[0]}'], scope), true);
  assert.equal(evaluate('{First}', scope), 'a');
  assert.equal(holds(['assign', 'Ninth', '{List#[8]}'], scope), false);
});
