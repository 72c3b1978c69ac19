import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFactory } from '@latchkey/client';
import { ModeledError, restJson1Server } from '@latchkey/wire';
import { NoSuchCity, Throttled, WEATHERReports } from '../generated/weather-client.ts';
import {
  WeatherReportsError,
  type WeatherReportsHandlers,
  weatherReportsService,
} from '../generated/weather-server.ts';

type Handlers = Partial<WeatherReportsHandlers<undefined>>;

/** A generated client whose requests a generated server answers, with nothing between but bytes. */
function clientOf(handlers: Handlers): WEATHERReports {
  const protocol = restJson1Server(weatherReportsService);
  const metadata = { requestId: 'request-1' };
  const answer = async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const wireRequest = {
      method: request.method,
      path: pathname,
      query: search.slice(1),
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
    };
    const operation = protocol.match(wireRequest);
    assert.ok(operation, request.url);
    const handler: ((input: never, context: undefined) => unknown) | undefined =
      handlers[operation.name as keyof Handlers];
    assert.ok(handler, operation.name);
    try {
      const output = await handler(protocol.parseInput(operation, wireRequest) as never, undefined);
      return protocol.renderOutput(operation, output as object, metadata);
    } catch (error) {
      if (error instanceof ModeledError) return protocol.renderError(error, metadata);
      throw error;
    }
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { status, headers, body } = await answer(new Request(input, init));
    return new Response(status === 204 ? null : body, { status, headers: headers as Record<string, string> });
  };
  const api = new ApiFactory({
    region: 'eu-north-1',
    fixedEndpoint: 'http://weather.test',
    credentials: { awsAccessKeyId: 'AKIDEXAMPLE', awsSecretKey: 'secret' },
    maxAttempts: 1,
    fetch,
    clock: { sleep: () => Promise.resolve() },
  });
  return new WEATHERReports(api);
}

test('a call takes its input to the server and brings back the output', async () => {
  const client = clientOf({
    GetForecast: ({ cityId, scale }) => ({
      outlook: { rainMillimetres: 3 },
      hours: [{ temperature: 7.5, rain: true }],
      madeAt: new Date('2026-01-01T06:00:00Z'),
      map: new TextEncoder().encode(`${cityId} ${scale}`),
      raw: { free: ['form', 1, null] },
    }),
  });
  const forecast = await client.getForecast({ cityId: 'oslo', scale: 'F', day: null });
  assert.equal(forecast.outlook.rainMillimetres, 3);
  assert.deepEqual(forecast.hours, [{ temperature: 7.5, rain: true }]);
  assert.deepEqual(forecast.madeAt, new Date('2026-01-01T06:00:00Z'));
  assert.equal(new TextDecoder().decode(forecast.map ?? undefined), 'oslo F');
  assert.deepEqual(forecast.raw, { free: ['form', 1, null] });
});

test('a required member that the server forgets is there all the same, as its types say', async () => {
  const forgetful: { cities: [] } = JSON.parse('{}');
  const client = clientOf({ ListCities: () => ({ page: forgetful }) });
  assert.deepEqual((await client.listCities()).page?.cities, []);
});

test('an operation without input and output takes and gives nothing', async () => {
  let pings = 0;
  const client = clientOf({
    Ping: () => {
      pings += 1;
      return {};
    },
  });
  await client.ping();
  assert.equal(pings, 1);
});

test('an error is of the class that the model names, with its members', async () => {
  const client = clientOf({
    GetForecast: () => {
      throw new WeatherReportsError('NoSuchCity', { message: 'No such city', cityId: 'atlantis' });
    },
    GetCity: () => {
      throw new WeatherReportsError('Throttled', { retryAfterSeconds: 5 });
    },
  });
  await assert.rejects(client.getForecast({ cityId: 'atlantis' }), (error) => {
    assert.ok(error instanceof NoSuchCity);
    assert.equal(error.name, 'NoSuchCity');
    assert.equal(error.message, 'No such city');
    assert.equal(error.cityId, 'atlantis');
    assert.equal(error.response.status, 404);
    return true;
  });
  await assert.rejects(client.getCity({ cityId: 'oslo' }), (error) => {
    assert.ok(error instanceof Throttled);
    assert.equal(error.retryAfterSeconds, 5);
    return true;
  });
});

test('pages follow each other, and their items, one by one', async () => {
  const cities = ['oslo', 'bergen', 'tromso'];
  const client = clientOf({
    ListCities: ({ nextToken = '0' }) => {
      const index = Number(nextToken);
      const page = { cities: [{ cityId: cities[index] ?? '' }] };
      return index + 1 < cities.length ? { page, nextToken: String(index + 1) } : { page };
    },
    ListStations: ({ nextToken }) =>
      nextToken === undefined
        ? { stations: { north: ['a', null] }, nextToken: 'more' }
        : { stations: { south: ['b'] } },
  });
  assert.deepEqual(
    (await Array.fromAsync(client.paginateListCities())).map(({ page }) => page?.cities.length),
    [1, 1, 1],
  );
  const items = await Array.fromAsync(client.paginateListCities().items());
  assert.deepEqual(
    items.map(({ cityId }) => cityId),
    cities,
  );
  assert.deepEqual(await Array.fromAsync(client.paginateListStations().items()), [
    ['north', ['a', null]],
    ['south', ['b']],
  ]);
});

test('a waiter calls until what it waits for has come, or has gone', async () => {
  let calls = 0;
  const client = clientOf({
    GetCity: () => {
      calls += 1;
      if (calls < 3 || calls > 3) throw new WeatherReportsError('NoSuchCity', { message: 'Not there' });
      return { name: 'Oslo' };
    },
  });
  const city = await client.waitForCityExists({ cityId: 'oslo' });
  assert.equal(city.name, 'Oslo');
  const error = await client.waitForCityGone({ cityId: 'oslo' });
  assert.equal(error.name, 'NoSuchCity');
  assert.equal(calls, 4);
});

test('a recursive union goes both ways', async () => {
  const rules = { all: [{ not: { rain: true } }, { byName: { none: null } }] };
  const client = clientOf({ ListCities: () => ({ page: { cities: [{ cityId: 'oslo', rules }] } }) });
  const { page } = await client.listCities();
  assert.deepEqual(page?.cities[0]?.rules, rules);
});

test('shapes that are named as something else is are met under the names they got', async () => {
  const client = clientOf({
    Constructor: (input) => ({ operation: input, uint8Array: { date: new Date(0) } }),
  });
  const { operation, uint8Array } = await client.constructor_({ params: 'free', class: {} });
  assert.deepEqual(operation, { params: 'free', class: {} });
  assert.deepEqual(uint8Array?.date, new Date(0));
});
