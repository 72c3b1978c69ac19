import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  awsJson1_0Client,
  awsJson1_1Client,
  awsQueryClient,
  type ClientProtocolFactory,
  ec2QueryClient,
  type OperationSchema,
  presignSigV4,
  restJson1Client,
  restXmlClient,
  rpcv2CborClient,
  type ServiceIdentity,
  signSigV4,
  type WireRequest,
} from '@latchkey/wire';
import fc from 'fast-check';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { type Answer, assertError, send } from '../http/testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

const SERVED = /SSO OIDC, SSO \(the access portal\) and STS\b/;
const SETTINGS = /AWS_ENDPOINT_URL_SSO_OIDC, AWS_ENDPOINT_URL_SSO and AWS_ENDPOINT_URL_STS instead$/;
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };
const signing = () => ({ credentials, region: 'us-east-1', nowMs: latchkey.clock.now() });

interface Foreign {
  readonly protocol: ClientProtocolFactory;
  /** Signing name. */
  readonly service: string;
  readonly identity?: Partial<ServiceIdentity>;
  readonly operation: string;
  readonly http?: OperationSchema['http'];
  /** The error as the client's own protocol reads it. */
  readonly error: { readonly name: string; readonly status: number };
  /** As the error names what was called. */
  readonly called: RegExp;
  readonly contentType: RegExp;
}

const json = { name: 'UnknownOperationException', status: 400 };
const query = { name: 'InvalidAction', status: 400 };
const get = (uri: string) => ({ method: 'GET', uri, code: 200 });

const foreign: Readonly<Record<string, Foreign>> = {
  'SSO Admin (awsJson1_1)': {
    protocol: awsJson1_1Client,
    service: 'sso',
    identity: { name: 'SWBExternalService' },
    operation: 'ListInstances',
    error: json,
    called: /SWBExternalService\.ListInstances \(signed for "sso"\)/,
    contentType: /^application\/x-amz-json-1\.1$/,
  },
  'DynamoDB (awsJson1_0)': {
    protocol: awsJson1_0Client,
    service: 'dynamodb',
    identity: { name: 'DynamoDB_20120810' },
    operation: 'ListTables',
    error: json,
    called: /DynamoDB_20120810\.ListTables/,
    contentType: /^application\/x-amz-json-1\.0$/,
  },
  'IAM (awsQuery)': {
    protocol: awsQueryClient,
    service: 'iam',
    identity: { version: '2010-05-08' },
    operation: 'ListUsers',
    error: query,
    called: /ListUsers of version 2010-05-08 \(signed for "iam"\)/,
    contentType: /^text\/xml$/,
  },
  'EC2 (ec2Query)': {
    protocol: ec2QueryClient,
    service: 'ec2',
    identity: { version: '2016-11-15' },
    operation: 'DescribeInstances',
    error: query,
    called: /DescribeInstances of version 2016-11-15/,
    contentType: /^text\/xml;charset=UTF-8$/,
  },
  'Lambda (restJson1)': {
    protocol: restJson1Client,
    service: 'lambda',
    operation: 'ListFunctions',
    http: get('/2015-03-31/functions'),
    error: { name: 'UnknownOperationException', status: 404 },
    called: /GET \/2015-03-31\/functions \(signed for "lambda"\)/,
    contentType: /^application\/json$/,
  },
  'Route 53 (restXml)': {
    protocol: restXmlClient,
    service: 'route53',
    operation: 'ListHostedZones',
    http: get('/2013-04-01/hostedzone'),
    error: { name: 'NotImplemented', status: 400 },
    called: /GET \/2013-04-01\/hostedzone/,
    contentType: /^application\/xml$/,
  },
  'S3 (restXml without a wrapper)': {
    protocol: restXmlClient,
    service: 's3',
    identity: { noErrorWrapping: true },
    operation: 'ListBuckets',
    http: get('/'),
    error: { name: 'NotImplemented', status: 400 },
    called: /GET \/ \(signed for "s3"\)/,
    contentType: /^application\/xml$/,
  },
  'S3 Control (restXml, signed as S3)': {
    protocol: restXmlClient,
    service: 's3',
    operation: 'ListJobs',
    http: get('/v20180820/jobs'),
    error: { name: 'NotImplemented', status: 400 },
    called: /GET \/v20180820\/jobs/,
    contentType: /^application\/xml$/,
  },
  'CloudWatch (rpcv2Cbor)': {
    protocol: rpcv2CborClient,
    service: 'monitoring',
    identity: { name: 'GraniteServiceVersion20100801' },
    operation: 'ListMetrics',
    error: { name: 'UnknownOperationException', status: 404 },
    called: /GraniteServiceVersion20100801\.ListMetrics \(signed for "monitoring"\)/,
    contentType: /^application\/cbor$/,
  },
};

const unit = { type: 'structure', name: 'Unit', members: {} } as const;

function operationOf({ operation: name, http }: Foreign): OperationSchema {
  return { name, input: unit, output: unit, errors: [], auth: ['sigv4'], ...(http && { http }) };
}

function clientOf({ protocol, identity }: Foreign) {
  return protocol({ name: 'Service', namespace: 'com.amazonaws', version: '2026-01-01', ...identity });
}

function requestOf(api: Foreign): WireRequest {
  const request = clientOf(api).renderInput(operationOf(api), {});
  const headers = { ...request.headers, host: new URL(latchkey.url).host };
  return { ...request, headers, body: request.body as Uint8Array };
}

async function deliver({ method, path, query, headers, body }: WireRequest) {
  const { host: _, ...rest } = headers;
  const present = Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${latchkey.url}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: Object.fromEntries(present),
    redirect: 'manual',
    ...(!['GET', 'HEAD'].includes(method) && { body: Buffer.from(body) }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

describe('a call of an API that is not here is answered so that its client shows a sentence', () => {
  for (const [name, api] of Object.entries(foreign)) {
    const check = async (request: WireRequest) => {
      const answer = await deliver(request);
      const error = clientOf(api).parseError(operationOf(api), answer);
      assert.deepEqual({ name: error.name, status: error.status }, api.error);
      assert.match(error.message ?? '', SERVED);
      assert.match(error.message ?? '', SETTINGS);
      assert.match(answer.headers['content-type'] ?? '', api.contentType);
      assert.match(error.requestId ?? '', /^[0-9a-f-]{36}$/);
      assert.equal(answer.headers['cache-control'], 'no-store');
      return error.message ?? '';
    };

    test(`a call of ${name}, signed in its headers, is answered in its protocol`, async () => {
      const request = await signSigV4(requestOf(api), { ...signing(), service: api.service });
      assert.match(await check(request), api.called);
    });

    test(`a call of ${name}, presigned in its query, is answered in its protocol`, async () => {
      const options = { ...signing(), service: api.service, expiresSeconds: 60 };
      await check(await presignSigV4(requestOf(api), options));
    });

    test(`a call of ${name}, with a body that is longer than is taken, is answered in its protocol`, async () => {
      const request = requestOf(api);
      if (request.method === 'GET') return;
      const body = Buffer.from('x'.repeat(70_000));
      await check(await signSigV4({ ...request, body }, { ...signing(), service: api.service }));
    });
  }

  test('a call of Kinesis in CBOR, as the AWS SDK for Java makes it, is answered in CBOR', async () => {
    const headers = {
      'content-type': 'application/x-amz-cbor-1.1',
      'x-amz-target': 'Kinesis_20131202.ListStreams',
    };
    const answer = await deliver({ method: 'POST', path: '/', query: '', headers, body: new Uint8Array() });
    assert.equal(answer.headers['content-type'], 'application/x-amz-cbor-1.1');
    const cbor = rpcv2CborClient({ name: 'Kinesis', namespace: 'x', version: '' });
    const error = cbor.parseError(operationOf({ ...(foreign['CloudWatch (rpcv2Cbor)'] as Foreign) }), answer);
    assert.equal(error.name, 'UnknownOperationException');
    assert.match(error.message ?? '', SERVED);
  });
});

describe('without a signature of version 4', () => {
  const form = (body: string) =>
    send(latchkey, '/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  const sdk = { 'amz-sdk-invocation-id': '0d8cd1cc-5d3c-4fd7-8fb1-05a6b3b1a5a5' };

  test('a call is recognised by X-Amz-Target, whatever its content type', async () => {
    for (const type of ['application/x-amz-json-1.1', 'application/json', 'text/plain']) {
      const headers = { 'x-amz-target': 'AWSCognitoIdentityService.GetId', 'content-type': type };
      const answer = await send(latchkey, '/', { method: 'POST', headers, body: '{}' });
      assert.equal(answer.status, 400);
      assert.equal(answer.members['__type'], 'UnknownOperationException');
      assert.match(String(answer.members['message']), SERVED);
    }
  });

  test('a call in JSON is recognised by its content type, where X-Amz-Target is missing', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    const answer = await send(latchkey, '/', { method: 'POST', headers, body: '{}' });
    assert.match(String(answer.members['__type']), /#UnknownOperationException$/);
  });

  test('a call in a query protocol is recognised by its Version', async () => {
    const iam = await form('Action=ListUsers&Version=2010-05-08');
    assert.match(iam.text, /^<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code>/);
    assert.match(iam.text, SERVED);
    const ec2 = await form('Action=DescribeInstances&Version=2016-11-15');
    assert.match(ec2.text, /^<Response><Errors><Error><Code>InvalidAction<\/Code>/);
    const url = await send(latchkey, '/?Action=ListUsers&Version=2010-05-08');
    assert.match(url.text, /<Code>InvalidAction<\/Code>/);
  });

  test('a call in a query protocol is answered in JSON where Accept prefers it', async () => {
    const headers = { accept: 'application/json' };
    const { status, members } = await send(latchkey, '/?Action=ListUsers&Version=2010-05-08', { headers });
    assert.equal(status, 400);
    assert.equal(Object(members['Error']).Code, 'InvalidAction');
    assert.match(Object(members['Error']).Message, SERVED);
  });

  test('a call of S3 is recognised without credentials, with which an SDK may read there', async () => {
    for (const path of ['/', '/bucket/key', '/device']) {
      const answer = await send(latchkey, path, { headers: sdk });
      assert.equal(answer.status, 400);
      assert.match(answer.text, /^<Error><Type>Sender<\/Type><Code>NotImplemented<\/Code><Message>/);
      assert.match(answer.text, SERVED);
    }
  });

  test('a call of S3 is recognised by version 2 of the signatures', async () => {
    const signed = await send(latchkey, '/bucket', { headers: { authorization: 'AWS AKIAEXAMPLE:c2ln' } });
    assert.match(signed.text, /^<Error>.*<Code>NotImplemented<\/Code>/);
    const url = await send(latchkey, '/bucket/key?AWSAccessKeyId=AKIAEXAMPLE&Signature=c2ln&Expires=1');
    assert.match(url.text, /^<Error>.*<Code>NotImplemented<\/Code>/);
  });

  test('JSON posted to the root is answered in JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await send(latchkey, '/', { method: 'POST', headers, body: '{}' });
    assertError(answer, { status: 404, type: 'UnknownOperationException', message: SERVED });
  });
});

test('HEAD of an object of S3, whose answer has no body, is not told that the object is missing', async () => {
  const request = { ...requestOf(foreign['S3 (restXml without a wrapper)'] as Foreign), method: 'HEAD' };
  const { status, body } = await deliver(await signSigV4(request, { ...signing(), service: 's3' }));
  assert.equal(status, 400);
  assert.equal(body.length, 0);
});

describe('pages', () => {
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  const assertPage = ({ status, headers }: Answer, expected: number) => {
    assert.equal(status, expected);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
  };

  test('a browser gets a page at an unknown address, also where a presigned URL of S3 leads to', async () => {
    assertPage(await send(latchkey, '/nothing', { headers: { accept } }), 404);
    const options = { ...signing(), service: 's3', expiresSeconds: 60 };
    const unsigned = { ...requestOf(foreign['S3 (restXml without a wrapper)'] as Foreign), path: '/a/b' };
    const { path, query } = await presignSigV4(unsigned, options);
    assertPage(await send(latchkey, `${path}?${query}`, { headers: { accept } }), 404);
    assert.match((await send(latchkey, `${path}?${query}`)).text, /<Code>NotImplemented<\/Code>/);
  });

  test('a browser gets a page below the path of an API, or at one with a method that the API does not take', async () => {
    assertPage(await send(latchkey, '/token/x', { headers: { accept } }), 404);
    assertPage(await send(latchkey, '/token', { headers: { accept } }), 405);
  });

  test('an AWS client gets no page, though it accepts text/html as Java does where nobody says otherwise', async () => {
    const javas = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2';
    for (const headers of [
      { 'user-agent': 'aws-sdk-java/2.30.0 md/io#sync' },
      { 'user-agent': 'Boto3/1.44.5 md/Botocore#1.44.5' },
      { 'user-agent': 'aws-cli/2.36.12' },
      { 'x-amz-user-agent': 'aws-sdk-js/3.1169.0' },
      { 'x-amz-date': '20260101T000000Z' },
    ]) {
      const answer = await send(latchkey, '/assignment/x', { headers: { accept: javas, ...headers } });
      assertError(answer, { status: 404, type: 'UnknownOperationException', message: SERVED });
    }
  });

  test('a browser gets a page at the root, also with a query that only looks like a call', async () => {
    for (const path of ['/', '/?action=x', '/?Signature=x', '/?X-Amz-Date=x']) {
      assert.equal((await send(latchkey, path, { headers: { accept } })).status, 303, path);
    }
  });
});

describe('at a path of an API that is here, or below it', () => {
  for (const [method, path, status, type, message] of [
    [
      'GET',
      '/token',
      405,
      'MethodNotAllowedException',
      /does not take GET; it takes POST.*CreateToken of SSO OIDC is POST \/token,/,
    ],
    [
      'POST',
      '/token/introspect',
      404,
      'UnknownOperationException',
      /RegisterClient of SSO OIDC is POST \/client\/register/,
    ],
    ['DELETE', '/client/register', 405, 'MethodNotAllowedException', /RegisterClient of SSO OIDC is POST/],
    [
      'GET',
      '/assignment/instances',
      404,
      'UnknownOperationException',
      /ListAccounts of SSO \(the access portal\) is GET \/assignment\/accounts/,
    ],
    [
      'POST',
      '/federation/credentials',
      405,
      'MethodNotAllowedException',
      /it takes GET\..*GetRoleCredentials/,
    ],
    ['GET', '/nothing', 404, 'UnknownOperationException', /check the endpoint/],
  ] as const) {
    test(`${method} ${path} is told which operations there are`, async () => {
      const answer = await send(latchkey, path, { method });
      assertError(answer, { status, type, message });
      assert.match(String(answer.members['message']), SERVED);
    });
  }

  test('a signed call of an unknown operation is told which operations there are', async () => {
    const unsigned: WireRequest = {
      method: 'POST',
      path: '/token/introspect',
      query: '',
      headers: { host: new URL(latchkey.url).host },
      body: new Uint8Array(),
    };
    for (const service of ['sso-oauth', 'awsssoportal']) {
      const answer = await deliver(await signSigV4(unsigned, { ...signing(), service }));
      assert.equal(answer.status, 404);
      assert.match(Buffer.from(answer.body).toString(), /CreateToken of SSO OIDC/);
    }
  });
});

test('a presigned URL of S3 may have any members in its query', async () => {
  const options = { ...signing(), service: 's3', expiresSeconds: 60 };
  const unsigned = { ...requestOf(foreign['S3 (restXml without a wrapper)'] as Foreign), query: 'Action=x' };
  const { query: presigned } = await presignSigV4(unsigned, options);
  assert.match((await send(latchkey, `/?${presigned}`)).text, /^<Error>.*<Code>NotImplemented<\/Code>/);
});

test('whatever a request calls stands in the error cut short, escaped, and without control characters', async () => {
  const target = `<b>"&'${'x'.repeat(300)}`;
  const json = await send(latchkey, '/', { method: 'POST', headers: { 'x-amz-target': target } });
  assert.match(String(json.members['message']), /^Latchkey does not serve <b>"&'x{94}\.\.\.: it serves/);
  const action = encodeURIComponent(`<b>\u0000\n\u202e${'x'.repeat(300)}`);
  const xml = await send(latchkey, `/?Action=${action}&Version=2010-05-08`);
  assert.match(xml.text, /does not serve &lt;b&gt;\?x{96}\.\.\.: it serves/);
});

test('no headers, path or query make the search for the protocol fail', async () => {
  const text = fc.constantFrom(
    'AWS4-HMAC-SHA256 Credential=',
    'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request',
    'AWS ',
    'application/x-amz-json-1.1',
    'application/json',
    'application/cbor; x',
    'rpc-v2-cbor',
    '%',
    '/',
    ';',
    'x',
  );
  const header = fc.constantFrom(
    'authorization',
    'content-type',
    'smithy-protocol',
    'x-amz-target',
    'amz-sdk-invocation-id',
    'accept',
  );
  const headers = fc.dictionary(
    header,
    fc.array(text).map((parts) => parts.join('')),
  );
  const path = fc.constantFrom('/', '/service/a/operation/b', '/x%', '/token', '/v20180820/x');
  const search = fc.constantFrom(
    '',
    'Action=%',
    'Action=A&Version=%00',
    'X-Amz-Credential=%',
    'X-Amz-Signature=',
  );
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE');
  await fc.assert(
    fc.asyncProperty(method, path, search, headers, async (verb, at, found, sent) => {
      const answer = await send(latchkey, `${at}?${found}`, { method: verb, headers: sent });
      assert(answer.status < 500, answer.text);
    }),
    { numRuns: 300 },
  );
});
