import assert from 'node:assert/strict';
import { test } from 'node:test';
import { english } from './messages/english.ts';
import { describeProgram } from './program.ts';

const describe = (userAgent: string) => describeProgram(userAgent, english.asker);

test('the programs of AWS are named as people know them', () => {
  const cases = [
    ['aws-cli/2.36.12 md/awscrt#0.31.2 ua/2.1 os/linux#6.1 md/arch#x86_64', 'AWS CLI 2.36.12 on Linux'],
    ['aws-cli/2.36.12 ua/2.1 os/macos#25.1.0 md/arch#arm64', 'AWS CLI 2.36.12 on macOS'],
    ['Boto3/1.42.1 md/Botocore#1.42.1 ua/2.1 os/windows#11', 'Boto3 1.42.1 on Windows'],
    ['aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js', 'AWS SDK for JavaScript 3.1169.0 on Linux'],
    ['aws-sdk-go-v2/1.40.0', 'AWS SDK for Go 1.40.0'],
  ] as const;
  for (const [userAgent, program] of cases) assert.equal(describe(userAgent), program);
});

test('any other user agent is shown as it is, made plain and short', () => {
  assert.equal(describe('my-tool 1.0'), 'my-tool 1.0');
  assert.equal(describe('x\u202ey'), 'x\ufffdy');
  assert.equal(describe('a'.repeat(500))?.length, 120);
  assert.equal(describe(''), undefined);
});

test('a user agent cannot add words of its own to the name of a known program', () => {
  assert.equal(describe('aws-cli/2.0 os/approved-by-it'), 'AWS CLI 2.0');
  assert.equal(describe('aws-cli/2.0 (verified)'), 'AWS CLI 2.0');
});
