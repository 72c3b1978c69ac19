/** One call of one service, for each of the compared clients. */
export interface ComparedCall {
  /** Name of the SDK's package, and of the model's folder. */
  readonly service: 'sso-oidc' | 'dynamodb' | 's3' | 'sts';
  readonly operation: string;
  /** Class in Latchkey's module. */
  readonly className: string;
  readonly method: string;
  /** Client class of the SDK. */
  readonly clientName: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Code that reads a streaming output to its end. */
  readonly read?: { readonly latchkey: string; readonly sdk: string };
  /** Programs of the small clients, which have to be told more: statements, the last of which declares `send`. */
  readonly small?: { readonly 'aws-lite'?: string; readonly aws4fetch: string };
}

const awsLite = (service: 'dynamodb' | 's3', call: string) => `import awsLite from '@aws-lite/client';

const aws = await awsLite({
  endpoint: process.env.AWS_ENDPOINT_URL,
  plugins: [import('@aws-lite/${service}')],
});
const send = () => ${call};`;

/** @param read - a method of the answer */
const aws4fetch = (
  service: string,
  path: string,
  init: object,
  read: string,
) => `import { AwsClient } from 'aws4fetch';

const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL } = globalThis.process?.env ?? {};
const aws = new AwsClient({
  accessKeyId: AWS_ACCESS_KEY_ID,
  secretAccessKey: AWS_SECRET_ACCESS_KEY,
  region: AWS_REGION,
  service: '${service}',
});
const send = async () => (await aws.fetch(AWS_ENDPOINT_URL + '${path}', ${JSON.stringify(init)})).${read}();`;

export const calls: readonly ComparedCall[] = [
  {
    service: 'sso-oidc',
    operation: 'CreateToken',
    className: 'SSOOIDC',
    method: 'createToken',
    clientName: 'SSOOIDCClient',
    input: {
      clientId: 'c2FtcGxlLWNsaWVudC1pZA',
      clientSecret: 'sample-client-secret',
      grantType: 'refresh_token',
      refreshToken: 'sample-refresh-token',
    },
  },
  {
    service: 'dynamodb',
    operation: 'GetItem',
    className: 'DynamoDB',
    method: 'getItem',
    clientName: 'DynamoDBClient',
    input: { TableName: 'people', Key: { id: { S: 'alice' } } },
    small: {
      'aws-lite': awsLite('dynamodb', "aws.DynamoDB.GetItem({ TableName: 'people', Key: { id: 'alice' } })"),
      aws4fetch: aws4fetch(
        'dynamodb',
        '/',
        {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'DynamoDB_20120810.GetItem',
          },
          body: JSON.stringify({ TableName: 'people', Key: { id: { S: 'alice' } } }),
        },
        'json',
      ),
    },
  },
  {
    service: 's3',
    operation: 'GetObject',
    className: 'S3',
    method: 'getObject',
    clientName: 'S3Client',
    input: { Bucket: 'photos', Key: '2026/cat.jpg' },
    read: { latchkey: 'Body.bytes()', sdk: 'Body.transformToByteArray()' },
    small: {
      'aws-lite': awsLite('s3', "aws.S3.GetObject({ Bucket: 'photos', Key: '2026/cat.jpg' })"),
      aws4fetch: aws4fetch('s3', '/photos/2026/cat.jpg', {}, 'arrayBuffer'),
    },
  },
  {
    service: 'sts',
    operation: 'GetCallerIdentity',
    className: 'STS',
    method: 'getCallerIdentity',
    clientName: 'STSClient',
    input: {},
    small: {
      aws4fetch: aws4fetch(
        'sts',
        '/',
        {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'Action=GetCallerIdentity&Version=2011-06-15',
        },
        'text',
      ),
    },
  },
];
