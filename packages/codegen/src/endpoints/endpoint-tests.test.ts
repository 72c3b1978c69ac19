import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Endpoint, EndpointParams, EndpointResolver } from '@latchkey/client/endpoints/endpoint';
import { EndpointError } from '@latchkey/client/endpoints/endpoint-error';
import { type Partition, partitions } from '@latchkey/client/endpoints/partitions';
import { type EndpointRules, endpointRules } from '@latchkey/client/endpoints/rules';
import { type StandardEndpoints, standardEndpoints } from '@latchkey/client/endpoints/standard';
import { operationsOf, type ServiceShape, sigv4Name } from '@latchkey/smithy';
import fc from 'fast-check';
import { publishedModels, readModel, skipWithoutPublished } from '../testing/served-models.ts';
import { emitEndpoints } from './emit-endpoints.ts';

/** A case of `smithy.rules#endpointTests`. */
interface Case {
  readonly documentation?: string;
  readonly params?: EndpointParams;
  readonly expect: {
    readonly error?: string;
    readonly endpoint?: {
      readonly url: string;
      readonly properties?: { readonly authSchemes?: readonly Readonly<Record<string, unknown>>[] };
      readonly headers?: Readonly<Record<string, readonly string[]>>;
    };
  };
}

/** The partitions when the models were published: those of isolated networks have got dual stack since. */
const partitionsThen = partitions.map((partition) =>
  partition.name.startsWith('aws-iso')
    ? { ...partition, supportsDualStack: false, dualStackDnsSuffix: partition.dnsSuffix }
    : partition,
);

test('every endpoint test of the AWS models passes on what is printed', {
  skip: skipWithoutPublished,
}, (t) => {
  const files = globSync(`${fileURLToPath(publishedModels)}*/service/*/*.json`).toSorted();
  const failures: string[] = [];
  let services = 0;
  let cases = 0;
  let standard = 0;
  for (const file of files) {
    const model = readModel(pathToFileURL(file));
    for (const service of model.services) {
      const { expression } = emitEndpoints(model, service, operationsOf(model, service));
      const resolver = evaluate(expression, partitionsThen);
      services += 1;
      standard += Number(expression.startsWith('standardEndpoints('));
      for (const testCase of casesOf(service)) {
        cases += 1;
        const expected = expectedOf(testCase, service);
        const actual = outcomeOf(resolver, testCase, service);
        if (expected !== actual)
          failures.push(`${service.id}, "${testCase.documentation}": ${actual}, must be ${expected}`);
      }
    }
  }
  t.diagnostic(
    `${services} services, ${standard} of them by the standard scheme: ` +
      `${cases} cases, ${cases - failures.length} passed, ${failures.length} failed`,
  );
  assert.deepEqual(failures, []);
  assert.ok(cases > 15_000);
});

/** What a generated module would make of the text. */
function evaluate(expression: string, among: readonly Partition[]): EndpointResolver {
  const module = new Function('standardEndpoints', 'endpointRules', `return ${expression};`);
  return module(
    (service: StandardEndpoints) => standardEndpoints(service, among),
    (rules: EndpointRules) => endpointRules(rules, among),
  );
}

function casesOf(service: ServiceShape): readonly Case[] {
  const trait: { readonly testCases?: readonly Case[] } = JSON.parse(
    JSON.stringify(service.traits['smithy.rules#endpointTests'] ?? {}),
  );
  return trait.testCases ?? [];
}

function expectedOf({ expect: { error, endpoint } }: Case, service: ServiceShape): string {
  if (endpoint === undefined) return `error ${error}`;
  const { url, properties, headers } = endpoint;
  return render(url, properties?.authSchemes, headers, service);
}

function outcomeOf(resolver: EndpointResolver, { params }: Case, service: ServiceShape): string {
  let endpoint: Endpoint;
  try {
    endpoint = resolver.resolve({ ...resolver.defaults, ...params });
  } catch (error) {
    if (error instanceof EndpointError) return `error ${error.message}`;
    throw error;
  }
  const schemes = endpoint.authSchemes?.map((scheme) => ({ ...scheme }));
  return render(endpoint.url.href, schemes, endpoint.headers, service);
}

/** One spelling of an endpoint; what a scheme leaves unsaid is as for the service. */
function render(
  url: string,
  authSchemes: readonly Readonly<Record<string, unknown>>[] = [],
  headers: Endpoint['headers'] = {},
  service: ServiceShape,
): string {
  const schemes = authSchemes.map((scheme) =>
    Object.entries({ signingName: sigv4Name(service), ...scheme }).toSorted(([one], [other]) =>
      one.localeCompare(other),
    ),
  );
  return JSON.stringify([new URL(url).href, schemes, headers]);
}

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'us-east-1',
    'cn-north-1',
    'aws-global',
    'bucket',
    'my.bucket',
    'name--usw2-az1--x-s3',
    'https://localhost:8000/path',
    'http://10.0.0.1',
    'arn:aws:s3:us-west-2:123456789012:accesspoint:name',
    'arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/name',
    'arn:aws:dynamodb:us-east-1:123456789012:table/name',
  ),
  fc.boolean(),
  fc.array(fc.string({ maxLength: 5 })),
);

test('whatever the parameters of S3, S3 Control, DynamoDB and Kinesis, there is an endpoint or an EndpointError', {
  skip: skipWithoutPublished,
}, () => {
  for (const name of ['s3', 's3-control', 'dynamodb', 'kinesis']) {
    const [file] = globSync(`${fileURLToPath(publishedModels)}${name}/service/*/*.json`);
    assert.ok(file);
    const model = readModel(pathToFileURL(file));
    const [service] = model.services;
    assert.ok(service);
    const emitted = emitEndpoints(model, service, operationsOf(model, service));
    const resolver = evaluate(emitted.expression, partitions);
    const params = fc.dictionary(fc.constantFrom(...emitted.usedParams), odd);
    fc.assert(
      fc.property(params, (given) => {
        try {
          assert.match(resolver.resolve(given).url.protocol, /^https?:$/);
        } catch (error) {
          assert.ok(error instanceof EndpointError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  }
});
