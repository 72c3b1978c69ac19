import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNotation } from './notations.ts';

test('what other tools write is read as the words of a name', () => {
  for (const [typed, words] of [
    ['aws s3api put-object --bucket b --key k', ['s3api', 'put', 'object']],
    ['$ aws sts get-caller-identity', ['sts', 'get', 'caller', 'identity']],
    ['AWS::SQS::Queue', ['sqs', 'create', 'queue']],
    ['AWS::IAM::InstanceProfile', ['iam', 'create', 'instance', 'profile']],
    ['aws_sqs_queue', ['sqs', 'create', 'queue']],
    ['aws_cloudwatch_log_group', ['cloudwatch', 'create', 'log', 'group']],
    ['PutItemCommand', ['put', 'item']],
    ['new PutItemCommand({})', ['put', 'item']],
    ['PutItemCommandInput', ['put', 'item', 'input']],
    ['PutItemCommandOutput', ['put', 'item', 'output']],
    ["boto3.client('s3').get_object", ['s3', 'get', 'object']],
  ] as const) {
    assert.deepEqual(readNotation(typed)?.words, words, typed);
  }
});

test('an ARN and a client of the AWS SDK name a service alone', () => {
  for (const [typed, words] of [
    ['arn:aws:s3:::bucket/key', ['s3']],
    ['arn:aws-us-gov:states:us-gov-west-1:123456789012:stateMachine:a', ['states']],
    ['"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a"', ['cognito', 'idp']],
    ['DynamoDBClient', ['dynamodb']],
    ['new S3Client({ region })', ['s3']],
  ] as const) {
    assert.deepEqual(readNotation(typed), { words, isService: true }, typed);
  }
});

test('other text is no notation', () => {
  for (const typed of [
    '',
    'put item',
    'PutItem',
    'aws',
    'aws s3',
    'command',
    'client',
    's3:PutObject',
    'arn',
  ]) {
    assert.equal(readNotation(typed), undefined, typed);
  }
});
