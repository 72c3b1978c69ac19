import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFactory } from './api-factory.ts';
import { startStubService } from './testing/stub-service.ts';
import { getTemperature, setTemperature, thermostat } from './testing/thermostat.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };

test('a call sends its input by the model and reads the output, over node:http', async (t) => {
  const service = await startStubService(t, () => ({ body: '{"degrees":21}' }));
  await using factory = new ApiFactory({ region: 'eu-central-1', credentials, fixedEndpoint: service.url });
  const client = factory.buildServiceClient(thermostat);
  assert.deepEqual(await client.call(setTemperature, { room: 'the hall', degrees: 21 }), { degrees: 21 });
  const [request] = service.received;
  assert.equal(request?.method, 'POST');
  assert.equal(request?.url, '/rooms/the%20hall');
  assert.equal(request?.body.toString(), '{"degrees":21}');
  assert.match(
    String(request?.headers.authorization),
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/thermostat\/aws4_request, SignedHeaders=.*host/,
  );
});

test('a call goes over the fetch that the program brings', async () => {
  const urls: string[] = [];
  await using factory = new ApiFactory({
    region: 'eu-central-1',
    credentials: 'anonymous',
    fetch: async (input) => {
      urls.push(String(input));
      return new Response('{"degrees":18}');
    },
  });
  const client = factory.buildServiceClient(thermostat);
  assert.deepEqual(await client.call(getTemperature, { room: 'attic' }), { degrees: 18 });
  assert.deepEqual(urls, ['https://thermostat.eu-central-1.amazonaws.com/rooms/attic']);
});
