import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import { getObject, headObject, putObject, s3Metadata } from '../testing/s3-service.ts';
import { type Received, startStubService } from '../testing/stub-service.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';

const photo = { Bucket: 'cats', Key: 'a.jpg' };

/** S3 where `cats` is in Ireland: other regions say so, each in its own way. */
async function clientOf(
  t: TestContext,
  elsewhere: (region: string) => object,
  options: ApiFactoryOptions = {},
) {
  const regionOf = ({ headers }: Received) =>
    /\/\d{8}\/([\w-]+)\/s3\//.exec(String(headers.authorization))?.[1];
  const service = await startStubService(t, (received) =>
    regionOf(received) === 'eu-west-1' ? { body: '' } : elsewhere('eu-west-1'),
  );
  const regions = () => service.received.map(regionOf);
  return { client: thermostatClient(t, service.url, options, s3Metadata), regions };
}

const answers: Readonly<Record<string, (region: string) => object>> = {
  '301 with a header': (region) => ({
    status: 301,
    headers: { 'x-amz-bucket-region': region },
    body: '<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message></Error>',
  }),
  'AuthorizationHeaderMalformed with an element': (region) => ({
    status: 400,
    body: `<Error><Code>AuthorizationHeaderMalformed</Code><Message>Elsewhere</Message><Region>${region}</Region></Error>`,
  }),
  'AuthorizationHeaderMalformed in words': (region) => ({
    status: 400,
    body: `<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'eu-central-1' is wrong; expecting '${region}'</Message></Error>`,
  }),
  'the header alone, as to HEAD': (region) => ({
    status: 400,
    headers: { 'x-amz-bucket-region': region },
    body: '',
  }),
};

describe('a bucket in another region', () => {
  for (const [name, elsewhere] of Object.entries(answers)) {
    test(`is named by the error: ${name}`, async (t) => {
      const { client, regions } = await clientOf(t, elsewhere);
      const operation = name.endsWith('HEAD') ? headObject : getObject;
      await assert.rejects(client.call(operation, photo), {
        message: /'cats' is in eu-west-1: make the client with this region, or with followRegionRedirects$/,
      });
      assert.deepEqual(regions(), ['eu-central-1']);
    });

    test(`is followed once with followRegionRedirects, and remembered for the bucket: ${name}`, async (t) => {
      const { client, regions } = await clientOf(t, elsewhere, { followRegionRedirects: true });
      const operation = name.endsWith('HEAD') ? headObject : putObject;
      await client.call(operation, photo);
      await client.call(operation, photo);
      assert.deepEqual(regions(), ['eu-central-1', 'eu-west-1', 'eu-west-1']);
    });
  }

  test('that sends calls on for ever is followed once', async (t) => {
    const service = await startStubService(t, (received) => {
      const region = String(received.headers.authorization).includes('/eu-west-1/')
        ? 'eu-west-2'
        : 'eu-west-1';
      return { status: 301, headers: { 'x-amz-bucket-region': region }, body: '' };
    });
    const client = thermostatClient(t, service.url, { followRegionRedirects: true }, s3Metadata);
    await assert.rejects(client.call(headObject, photo), { message: /status 301/ });
    assert.equal(service.received.length, 2);
  });

  test('is not followed, nor remembered, where its name cannot be that of a region', async (t) => {
    for (const region of ['evil.example/x', 'x.evil.example', 'US-EAST-1', '', 'a'.repeat(64)]) {
      let isRight = false;
      const service = await startStubService(t, () =>
        isRight ? { body: '' } : { status: 301, headers: { 'x-amz-bucket-region': region }, body: '' },
      );
      const client = thermostatClient(t, service.url, { followRegionRedirects: true }, s3Metadata);
      await assert.rejects(client.call(headObject, photo), { message: /status 301/ }, region);
      assert.equal(service.received.length, 1, region);
      isRight = true;
      await client.call(headObject, photo);
    }
  });

  test('is not followed with a body that streams, which cannot be sent again', async (t) => {
    const { client, regions } = await clientOf(t, answers['301 with a header']!, {
      followRegionRedirects: true,
    });
    const Body = new Blob(['meow']).stream();
    await assert.rejects(client.call(putObject, { ...photo, Body, ContentLength: 4 }), {
      name: 'PermanentRedirect',
    });
    assert.deepEqual(regions(), ['eu-central-1']);
    await client.call(putObject, { ...photo, Body: 'meow' });
    assert.deepEqual(regions(), ['eu-central-1', 'eu-west-1']);
  });
});
