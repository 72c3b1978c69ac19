import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ApiFactoryOptions } from './api-factory-options.ts';
import {
  AwsEndpointResolver,
  type EndpointParameters,
  FixedBaseEndpointResolver,
  type RequestEndpointResolver,
  S3CompatibleEndpointResolver,
} from './endpoint-resolvers.ts';
import { getObject, s3Metadata } from './testing/s3-service.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { setTemperature } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';
import { verifyRequest } from './testing/verify-request.ts';

const photo = { Bucket: 'photos', Key: 'cats/a b.jpg' };

/** URL and region of signature of one call with a resolver. */
async function callBy(
  t: Parameters<typeof thermostatClient>[0],
  endpointResolver: RequestEndpointResolver,
  input = photo,
) {
  const calls: string[] = [];
  const fetch: ApiFactoryOptions['fetch'] = async (url, init) => {
    const { authorization } = Object.fromEntries(new Headers(init?.headers));
    calls.push(String(url), /Credential=\w+\/\d+\/([^/]+)/.exec(authorization ?? '')?.[1] ?? '');
    return new Response('meow');
  };
  const options = { fixedEndpoint: undefined, fetch, endpointResolver };
  await thermostatClient(t, '', options, s3Metadata).call(getObject, input);
  return calls;
}

suite('the option endpointResolver', () => {
  test('decides where a request goes, and the region of its signature', async (t) => {
    const told: unknown[] = [];
    const resolver: RequestEndpointResolver = {
      resolveUrl(parameters) {
        told.push(parameters);
        return {
          url: new URL(parameters.requestPath, `https://${parameters.region}.objects.example`),
          signingRegion: 'auto',
        };
      },
    };
    assert.deepEqual(await callBy(t, resolver), [
      'https://eu-central-1.objects.example/photos/cats/a%20b.jpg?x-id=GetObject',
      'auto',
    ]);
    assert.deepEqual(told, [
      {
        apiMetadata: {
          serviceId: 'S3',
          apiVersion: '2006-03-01',
          endpointPrefix: 's3',
          signingName: 's3',
        },
        region: 'eu-central-1',
        requestPath: '/photos/cats/a%20b.jpg?x-id=GetObject',
      },
    ]);
  });

  test('signs what it sends', async (t) => {
    const service = await startStubService(t, () => ({ body: 'meow' }));
    const clock = testClock();
    const endpointResolver = new FixedBaseEndpointResolver(`${service.url}/base/`);
    const options = { clock, fixedEndpoint: undefined, endpointResolver };
    await thermostatClient(t, service.url, options, s3Metadata).call(getObject, photo);
    assert.equal(service.received[0]?.url, '/base/photos/cats/a%20b.jpg?x-id=GetObject');
    const verified = await verifyRequest(service.received[0], clock.now(), { service: 's3', isS3: true });
    assert.equal(verified.kind, 'verified');
  });

  test('leaves the endpoint to the rules of the service where it gives none', async (t) => {
    const [url] = await callBy(t, { resolveUrl: () => undefined });
    assert.equal(url, 'https://photos.s3.eu-central-1.amazonaws.com/cats/a%20b.jpg?x-id=GetObject');
  });

  test('may put another endpoint in the place of one of AWS', async (t) => {
    const aws = new AwsEndpointResolver();
    const endpointResolver: RequestEndpointResolver = {
      resolveUrl(parameters) {
        const { url, ...rest } = aws.resolveUrl(parameters);
        return { ...rest, url: new URL(url.href.replace('.amazonaws.com', '.vpce.example')) };
      },
    };
    assert.deepEqual(await callBy(t, endpointResolver), [
      'https://photos.s3.dualstack.eu-central-1.vpce.example/cats/a%20b.jpg?x-id=GetObject',
      'eu-central-1',
    ]);
  });

  test('is told the prefix of the service, of the host where it is not turned off, and the region S3 named', async (t) => {
    const told: EndpointParameters[] = [];
    const endpointResolver: RequestEndpointResolver = {
      resolveUrl(parameters) {
        told.push(parameters);
        const { region: signingRegion, requestPath } = parameters;
        return { url: new URL(requestPath, 'https://thermostat.example'), signingRegion };
      },
    };
    const fetch: ApiFactoryOptions['fetch'] = async (_url, init) => {
      const isThere = new Headers(init?.headers).get('authorization')?.includes('/eu-west-1/');
      const headers = { 'x-amz-bucket-region': 'eu-west-1' };
      return isThere ? new Response('{}') : new Response('', { status: 301, headers });
    };
    const operation = { ...setTemperature, hostPrefix: '{room}.' };
    for (const disableHostPrefix of [false, true]) {
      const options = {
        fixedEndpoint: undefined,
        fetch,
        endpointResolver,
        disableHostPrefix,
        maxAttempts: 1,
      };
      const metadata = { endpointPrefix: 'heating' };
      await thermostatClient(t, '', options, metadata)
        .call(operation, { room: 'hall' })
        .catch(() => {});
    }
    assert.deepEqual(
      told.map(({ apiMetadata, hostPrefix }) => [apiMetadata.endpointPrefix, hostPrefix]),
      [
        ['heating', 'hall.'],
        ['heating', undefined],
      ],
    );
    told.length = 0;
    const options = { fixedEndpoint: undefined, fetch, endpointResolver, followRegionRedirects: true };
    await thermostatClient(t, '', options, s3Metadata).call(getObject, photo);
    assert.deepEqual(
      told.map(({ region }) => region),
      ['eu-central-1', 'eu-west-1'],
    );
  });

  test('of a service like S3 puts the bucket before the host, unless its name has a dot', async (t) => {
    const resolver = new S3CompatibleEndpointResolver('objects.example');
    assert.deepEqual(await callBy(t, resolver), [
      'https://photos.eu-central-1.objects.example/cats/a%20b.jpg?x-id=GetObject',
      'eu-central-1',
    ]);
    const [url] = await callBy(t, resolver, { Bucket: 'my.photos', Key: '/cat' });
    assert.equal(url, 'https://eu-central-1.objects.example/my.photos//cat?x-id=GetObject');
    const sqs = { serviceId: 'SQS', apiVersion: '', endpointPrefix: 'sqs' };
    assert.throws(() => resolver.resolveUrl({ apiMetadata: sqs, region: 'x', requestPath: '/' }), /S3 only/);
    assert.throws(() => new S3CompatibleEndpointResolver('https://objects.example'), /without scheme/);
    assert.throws(() => new FixedBaseEndpointResolver('localhost'), { code: 'badConfiguration' });
  });

  test('refuses a key that a URL would change, and an answer that is no endpoint', async (t) => {
    const resolver = new FixedBaseEndpointResolver('https://objects.example');
    await assert.rejects(callBy(t, resolver, { Bucket: 'photos', Key: '../secret' }), { code: 'badInput' });
    const wrong = {
      resolveUrl: () => ({ url: 'https://objects.example' }),
    } as unknown as RequestEndpointResolver;
    await assert.rejects(callBy(t, wrong), { code: 'badConfiguration', message: /signingRegion: string/ });
  });
});
