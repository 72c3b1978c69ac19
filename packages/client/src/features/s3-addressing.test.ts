import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import { Home } from '../credentials/testing/home.ts';
import type { EndpointParams } from '../endpoints/endpoint.ts';
import type { Operation } from '../operation.ts';
import { setEnvironment } from '../testing/proxy.ts';
import { getObject, s3Metadata } from '../testing/s3-service.ts';
import { startStubService } from '../testing/stub-service.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';

const headBucket: Operation = {
  ...getObject,
  name: 'HeadBucket',
  http: { method: 'HEAD', uri: '/{Bucket}', code: 200 },
  output: { type: 'structure', name: 'HeadBucketOutput', members: {} },
};
const arn = 'arn:aws:s3:eu-central-1:111122223333:accesspoint/mine';

test('the path of a bucket alone has no slash at its end', async (t) => {
  const service = await startStubService(t, () => ({ body: '' }));
  await thermostatClient(t, service.url, {}, s3Metadata).call(headBucket, { Bucket: 'cats', Key: 'x' });
  assert.equal(service.received[0]?.url, '/cats');
});

test('a bucket that stands in the host leaves the path of the root', async (t) => {
  const urls: string[] = [];
  const fetch: ApiFactoryOptions['fetch'] = async (url) => {
    urls.push(String(url));
    return new Response(null);
  };
  const client = thermostatClient(t, '', { fixedEndpoint: undefined, fetch }, s3Metadata);
  await client.call(headBucket, { Bucket: 'cats', Key: 'x' });
  assert.deepEqual(urls, ['https://cats.s3.eu-central-1.amazonaws.com/']);
});

const styles: readonly (readonly [
  what: string,
  expected: boolean | undefined,
  setting: { profile?: string; settings?: Record<string, boolean>; isOwn?: boolean; Bucket?: string },
])[] = [
  ['the path with an endpoint of its own, as MinIO and LocalStack need it', true, {}],
  ['no path for an ARN, which cannot stand there', undefined, { Bucket: arn }],
  ['the host where the program says so', false, { settings: { forcePathStyle: false } }],
  ['the host where the profile says virtual', undefined, { profile: 'virtual' }],
  ['the path where the profile says path, at AWS too', true, { profile: 'path', isOwn: false }],
  ['the host at AWS', undefined, { isOwn: false }],
  ['the host at AWS where the profile says auto', undefined, { profile: 'auto', isOwn: false }],
];
for (const [what, expected, { profile, settings, isOwn = true, Bucket = 'cats' }] of styles) {
  test(`a bucket stands in ${what}`, async (t) => {
    const profiles = ['path', 'virtual', 'auto'].map(
      (name) => `[profile ${name}]\ns3 =\n  addressing_style = ${name}\n`,
    );
    await using home = await Home.with({ '.aws/config': profiles.join('') });
    setEnvironment(t, { AWS_CONFIG_FILE: join(home.path, '.aws/config') });
    const asked: EndpointParams[] = [];
    const { endpoints } = s3Metadata;
    const metadata = {
      ...s3Metadata,
      endpoints: {
        ...endpoints,
        builtIns: { ...endpoints.builtIns, 'AWS::S3::ForcePathStyle': 'ForcePathStyle' },
        resolve(params: EndpointParams) {
          asked.push(params);
          return endpoints.resolve(params);
        },
      },
    };
    const client = thermostatClient(
      t,
      'https://s3.example.com',
      {
        fetch: async () => new Response(null),
        ...(!isOwn && { fixedEndpoint: undefined }),
        ...(profile !== undefined && { profile }),
        ...(settings !== undefined && { endpointSettings: settings }),
      },
      metadata,
    );
    await client.call(headBucket, { Bucket, Key: 'x' });
    assert.deepEqual(
      asked.map(({ ForcePathStyle }) => ForcePathStyle),
      [expected],
    );
  });
}
