import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  ApiFactory,
  type ApiFactoryOptions,
  type AwsEndpointOptions,
  AwsEndpointResolver,
} from '@latchkey/client';
import { type ClientClass, callOperation, importClient } from '../protocols/import-client.ts';
import { readService, skip } from '../round-trips/models.ts';

/** An operation of each service, with its input. */
const calls = {
  athena: ['ListWorkGroups', {}],
  cloudfront: ['ListDistributions', {}],
  iam: ['ListUsers', {}],
  lambda: ['ListFunctions', {}],
  organizations: ['DescribeOrganization', {}],
  rds: ['DescribeDBClusters', {}],
  'route-53': ['ListHostedZones', {}],
  s3: ['GetObject', { Bucket: 'photos', Key: 'cat' }],
  savingsplans: ['DescribeSavingsPlans', {}],
  sqs: ['ListQueues', {}],
  sts: ['GetCallerIdentity', {}],
} as const;

type Service = keyof typeof calls;

const clients = new Map<Service, Promise<ClientClass>>();

function clientOf(service: Service): Promise<ClientClass> {
  const known = clients.get(service);
  if (known !== undefined) return known;
  const { model, service: shape } = readService(service);
  const client = importClient(model, shape.id);
  clients.set(service, client);
  return client;
}

/** Where a call goes, by host and first part of its path, and the region in its signature. */
async function place(service: Service, options: ApiFactoryOptions): Promise<string> {
  let sent = '';
  await using factory = new ApiFactory({
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
    fetch: async (url, init) => {
      const authorization = new Headers(init?.headers).get('authorization') ?? '';
      const { host, origin, pathname } = new URL(String(url));
      const at = service === 's3' ? host + pathname : origin.replace('https://', '');
      sent = `${at} ${/Credential=\w+\/\d+\/([^/]+)/.exec(authorization)?.[1]}`;
      return new Response('', { status: 400 });
    },
    ...options,
  });
  const [operation, input] = calls[service];
  await callOperation(factory.makeNew(await clientOf(service)), operation, input).catch((error: Error) => {
    if (sent === '') throw error;
  });
  return sent;
}

const both: AwsEndpointOptions = { forceRegional: true, upgradeEndpoints: false };
const cases: readonly (readonly [
  service: Service,
  region: string,
  options: AwsEndpointOptions,
  place: string,
])[] = [
  ['sts', 'eu-west-1', {}, 'sts.amazonaws.com us-east-1'],
  ['sts', 'eu-west-1', { forceRegional: true }, 'sts.eu-west-1.amazonaws.com eu-west-1'],
  ['sts', 'eu-west-1', { upgradeEndpoints: false }, 'sts.amazonaws.com us-east-1'],
  ['sts', 'cn-north-1', {}, 'sts.cn-north-1.amazonaws.com.cn cn-north-1'],
  ['iam', 'eu-west-1', {}, 'iam.amazonaws.com us-east-1'],
  ['iam', 'eu-west-1', { forceRegional: true }, 'iam.eu-west-1.amazonaws.com eu-west-1'],
  ['iam', 'us-gov-west-1', {}, 'iam.us-gov.amazonaws.com us-gov-west-1'],
  ['cloudfront', 'eu-west-1', {}, 'cloudfront.amazonaws.com us-east-1'],
  ['cloudfront', 'eu-west-1', both, 'cloudfront.eu-west-1.amazonaws.com eu-west-1'],
  ['route-53', 'eu-west-1', {}, 'route53.amazonaws.com us-east-1'],
  ['route-53', 'eu-west-1', both, 'route53.eu-west-1.amazonaws.com eu-west-1'],
  ['savingsplans', 'eu-west-1', {}, 'savingsplans.amazonaws.com us-east-1'],
  ['savingsplans', 'eu-west-1', both, 'savingsplans.eu-west-1.amazonaws.com eu-west-1'],
  ['organizations', 'eu-west-1', both, 'organizations.us-east-1.amazonaws.com us-east-1'],
  ['s3', 'eu-west-1', {}, 'photos.s3.dualstack.eu-west-1.amazonaws.com/cat eu-west-1'],
  ['s3', 'us-east-1', {}, 'photos.s3.dualstack.us-east-1.amazonaws.com/cat us-east-1'],
  ['s3', 'eu-west-1', { upgradeEndpoints: false }, 'photos.s3.eu-west-1.amazonaws.com/cat eu-west-1'],
  ['s3', 'eu-west-1', { forceRegional: true }, 'photos.s3.dualstack.eu-west-1.amazonaws.com/cat eu-west-1'],
  ['lambda', 'eu-west-1', {}, 'lambda.eu-west-1.api.aws eu-west-1'],
  ['lambda', 'eu-west-1', { upgradeEndpoints: false }, 'lambda.eu-west-1.amazonaws.com eu-west-1'],
  ['lambda', 'us-gov-east-1', {}, 'lambda.us-gov-east-1.amazonaws.com us-gov-east-1'],
  ['lambda', 'cn-north-1', {}, 'lambda.cn-north-1.api.amazonwebservices.com.cn cn-north-1'],
  ['athena', 'eu-west-1', {}, 'athena.eu-west-1.api.aws eu-west-1'],
  ['rds', 'eu-west-1', {}, 'rds.eu-west-1.api.aws eu-west-1'],
  ['rds', 'mx-central-1', {}, 'rds.mx-central-1.amazonaws.com mx-central-1'],
  ['sqs', 'eu-west-1', {}, 'sqs.eu-west-1.amazonaws.com eu-west-1'],
  ['sqs', 'eu-west-1', { forceRegional: true }, 'sqs.eu-west-1.amazonaws.com eu-west-1'],
];

suite('AwsEndpointResolver, by the endpoint rules of the services', { skip }, () => {
  for (const [service, region, options, expected] of cases) {
    test(`sends ${service} in ${region} to ${expected} with ${JSON.stringify(options)}`, async () => {
      const endpointResolver = new AwsEndpointResolver(options);
      assert.equal(await place(service, { region, endpointResolver }), expected);
    });
  }

  test('an endpoint, FIPS, or dual stack that the program asks for wins over the resolver', async () => {
    const endpointResolver = new AwsEndpointResolver();
    const region = 'eu-west-1';
    const said: readonly (readonly [Service, ApiFactoryOptions, string])[] = [
      ['sts', { fixedEndpoint: 'https://sts.example' }, 'sts.example eu-west-1'],
      ['lambda', { fixedEndpoint: 'https://lambda.example' }, 'lambda.example eu-west-1'],
      ['lambda', { useDualstackEndpoint: false }, 'lambda.eu-west-1.amazonaws.com eu-west-1'],
      ['sts', { useDualstackEndpoint: true }, 'sts.eu-west-1.api.aws eu-west-1'],
      ['sts', { useFipsEndpoint: true, region: 'us-west-2' }, 'sts-fips.us-west-2.amazonaws.com us-west-2'],
      ['iam', { useFipsEndpoint: true }, 'iam-fips.amazonaws.com us-east-1'],
    ];
    for (const [service, options, expected] of said)
      assert.equal(await place(service, { region, endpointResolver, ...options }), expected, service);
  });

  test('without a resolver, endpoints are those of the AWS SDKs: of the region, IPv4', async () => {
    const region = 'eu-west-1';
    assert.equal(await place('sts', { region }), 'sts.eu-west-1.amazonaws.com eu-west-1');
    assert.equal(await place('s3', { region }), 'photos.s3.eu-west-1.amazonaws.com/cat eu-west-1');
  });
});
