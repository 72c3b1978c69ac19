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
  readonly isSigned: boolean;
}

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
    isSigned: false,
  },
  {
    service: 'dynamodb',
    operation: 'GetItem',
    className: 'DynamoDB',
    method: 'getItem',
    clientName: 'DynamoDBClient',
    input: { TableName: 'people', Key: { id: { S: 'alice' } } },
    isSigned: true,
  },
  {
    service: 's3',
    operation: 'GetObject',
    className: 'S3',
    method: 'getObject',
    clientName: 'S3Client',
    input: { Bucket: 'photos', Key: '2026/cat.jpg' },
    read: { latchkey: 'Body.bytes()', sdk: 'Body.transformToByteArray()' },
    isSigned: true,
  },
  {
    service: 'sts',
    operation: 'GetCallerIdentity',
    className: 'STS',
    method: 'getCallerIdentity',
    clientName: 'STSClient',
    input: {},
    isSigned: true,
  },
];
