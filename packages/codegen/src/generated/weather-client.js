// Generated from example.weather#Weather, version 2026-01-01: not to be changed by hand, but generated again.
import { ServiceError } from '@latchkey/client';
import { standardEndpoints } from '@latchkey/client/endpoints/standard';
import { eventStreams } from '@latchkey/client/event-streams';
import { httpChecksums } from '@latchkey/client/features/http-checksums';
import { requestCompression } from '@latchkey/client/features/request-compression';
import { paginate } from '@latchkey/client/paginate';
import { restJson1 } from '@latchkey/client/protocols/rest-json1';
import { waitFor } from '@latchkey/client/wait-for';

export class NoSuchCity extends ServiceError {}

export class Throttled extends ServiceError {}

export class WEATHERReports {
  static ApiMetadata = {
    serviceId: 'WEATHER Reports',
    service: { name: 'Weather', namespace: 'example.weather', version: '2026-01-01' },
    signingName: 'weather',
    protocol: restJson1,
    endpoints: standardEndpoints({ prefix: 'weather' }),
    errors: { NoSuchCity, Throttled },
    features: [requestCompression, httpChecksums],
    eventStreams,
  };

  #client;

  constructor(apiFactory) {
    this.#client = apiFactory.buildServiceClient(WEATHERReports.ApiMetadata);
  }

  getForecast(params, opts) {
    return this.#client.call(getForecast, params, opts);
  }

  listCities(params = {}, opts) {
    return this.#client.call(listCities, params, opts);
  }

  paginateListCities(params = {}, opts) {
    return paginate(
      this.#client,
      listCities,
      params,
      { inputToken: 'nextToken', outputToken: 'nextToken', items: 'page.cities' },
      opts,
    );
  }

  listStations(params = {}, opts) {
    return this.#client.call(listStations, params, opts);
  }

  paginateListStations(params = {}, opts) {
    return paginate(
      this.#client,
      listStations,
      params,
      { inputToken: 'nextToken', outputToken: 'nextToken', items: 'stations' },
      opts,
    );
  }

  watchWeather(params = {}, opts) {
    return this.#client.call(watchWeather, params, opts);
  }

  getMap(params, opts) {
    return this.#client.call(getMap, params, opts);
  }

  putMap(params, opts) {
    return this.#client.call(putMap, params, opts);
  }

  constructor_(params = {}, opts) {
    return this.#client.call(constructor, params, opts);
  }

  getCity(params, opts) {
    return this.#client.call(getCity, params, opts);
  }

  ping(opts) {
    return this.#client.call(ping, {}, opts);
  }

  waitForCityExists(params, opts) {
    return waitFor(this.#client, getCity, params, cityExists, opts);
  }

  waitForCityGone(params, opts) {
    return waitFor(this.#client, getCity, params, cityGone, opts);
  }

  waitForCityHasTwins(params, opts) {
    return waitFor(this.#client, getCity, params, cityHasTwins, opts);
  }
}

const stringSchema = { type: 'string' };
const getForecastInputSchema = {
  type: 'structure',
  name: 'GetForecastInput',
  members: {
    cityId: { target: stringSchema, traits: { httpLabel: true } },
    day: { target: stringSchema, traits: { httpQuery: 'day' } },
    scale: { target: stringSchema, traits: { httpQuery: 'scale' } },
  },
};
const unitSchema = { type: 'structure', name: 'Unit', members: {} };
const integerSchema = { type: 'integer' };
const outlookSchema = {
  type: 'union',
  name: 'Outlook',
  members: { sun: { target: unitSchema }, rainMillimetres: { target: integerSchema } },
};
const doubleSchema = { type: 'double' };
const booleanSchema = { type: 'boolean' };
const promiseSchema = {
  type: 'structure',
  name: 'Promise',
  members: {
    temperature: { target: doubleSchema, traits: { required: true } },
    rain: { target: booleanSchema },
  },
};
const promiseListSchema = { type: 'list', member: { target: promiseSchema } };
const timestampSchema = { type: 'timestamp' };
const blobSchema = { type: 'blob' };
const documentSchema = { type: 'document' };
const getForecastOutputSchema = {
  type: 'structure',
  name: 'GetForecastOutput',
  members: {
    outlook: { target: outlookSchema, traits: { required: true } },
    hours: { target: promiseListSchema },
    madeAt: { target: timestampSchema, traits: { timestampFormat: 'http-date', httpHeader: 'x-made-at' } },
    map: { target: blobSchema, traits: { mediaType: 'image/png' } },
    raw: { target: documentSchema },
  },
};
const noSuchCitySchema = {
  type: 'structure',
  name: 'NoSuchCity',
  members: {
    message: { target: stringSchema, traits: { required: true } },
    cityId: { target: stringSchema },
  },
  fault: 'client',
  status: 404,
};
const listCitiesInputSchema = {
  type: 'structure',
  name: 'ListCitiesInput',
  members: {
    nextToken: { target: stringSchema, traits: { httpQuery: 'nextToken' } },
    maxResults: { target: integerSchema, traits: { httpQuery: 'maxResults' } },
  },
};
const rulesSchema = { type: 'list', member: { target: () => ruleSchema } };
const rulesByNameSchema = {
  type: 'map',
  key: { target: stringSchema },
  value: { target: () => ruleSchema },
  traits: { sparse: true },
};
const ruleSchema = {
  type: 'union',
  name: 'Rule',
  members: {
    not: { target: () => ruleSchema },
    all: { target: rulesSchema },
    byName: { target: rulesByNameSchema },
    rain: { target: booleanSchema },
  },
};
const cityRecordSchema = {
  type: 'structure',
  name: 'CityRecord',
  members: {
    cityId: { target: stringSchema, traits: { required: true } },
    founded: { target: timestampSchema },
    rules: { target: ruleSchema },
  },
};
const cityRecordListSchema = { type: 'list', member: { target: cityRecordSchema } };
const cityPageSchema = {
  type: 'structure',
  name: 'CityPage',
  members: { cities: { target: cityRecordListSchema, traits: { required: true } } },
};
const listCitiesOutputSchema = {
  type: 'structure',
  name: 'ListCitiesOutput',
  members: { page: { target: cityPageSchema }, nextToken: { target: stringSchema } },
};
const listStationsInputSchema = {
  type: 'structure',
  name: 'ListStationsInput',
  members: { nextToken: { target: stringSchema, traits: { httpQuery: 'nextToken' } } },
};
const namesSchema = { type: 'list', member: { target: stringSchema }, traits: { sparse: true } };
const namesMapSchema = {
  type: 'map',
  key: { target: stringSchema },
  value: { target: namesSchema },
};
const listStationsOutputSchema = {
  type: 'structure',
  name: 'ListStationsOutput',
  members: { stations: { target: namesMapSchema }, nextToken: { target: stringSchema } },
};
const ofCityEventSchema = {
  type: 'structure',
  name: 'OfCityEvent',
  members: {
    cityId: { target: stringSchema, traits: { eventHeader: true } },
    note: { target: blobSchema, traits: { eventPayload: true } },
  },
};
const wishesSchema = {
  type: 'union',
  name: 'Wishes',
  members: { city: { target: ofCityEventSchema } },
  traits: { streaming: true },
};
const watchWeatherInputSchema = {
  type: 'structure',
  name: 'WatchWeatherInput',
  members: { wishes: { target: wishesSchema, traits: { httpPayload: true } } },
};
const outlookEventSchema = {
  type: 'structure',
  name: 'OutlookEvent',
  members: { outlook: { target: outlookSchema } },
};
const throttledSchema = {
  type: 'structure',
  name: 'Throttled',
  members: { retryAfterSeconds: { target: integerSchema } },
  fault: 'server',
  status: 503,
};
const weatherEventsSchema = {
  type: 'union',
  name: 'WeatherEvents',
  members: { outlook: { target: outlookEventSchema }, throttled: { target: throttledSchema } },
  traits: { streaming: true },
};
const watchWeatherOutputSchema = {
  type: 'structure',
  name: 'WatchWeatherOutput',
  members: { events: { target: weatherEventsSchema, traits: { httpPayload: true } } },
};
const getMapInputSchema = {
  type: 'structure',
  name: 'GetMapInput',
  members: { cityId: { target: stringSchema, traits: { httpLabel: true } } },
};
const pictureSchema = { type: 'blob', traits: { streaming: true } };
const longSchema = { type: 'long' };
const getMapOutputSchema = {
  type: 'structure',
  name: 'GetMapOutput',
  members: {
    picture: { target: pictureSchema, traits: { required: true, httpPayload: true } },
    size: { target: longSchema, traits: { httpHeader: 'content-length' } },
  },
};
const putMapInputSchema = {
  type: 'structure',
  name: 'PutMapInput',
  members: {
    cityId: { target: stringSchema, traits: { httpLabel: true } },
    picture: { target: pictureSchema, traits: { httpPayload: true } },
    token: { target: stringSchema, traits: { idempotencyToken: true, httpHeader: 'x-token' } },
    secret: { target: stringSchema, traits: { httpHeader: 'x-secret' } },
  },
};
const weatherReportsSchema = { type: 'structure', name: 'WEATHERReports', members: {} };
const operationSchema = {
  type: 'structure',
  name: 'Operation',
  members: { params: { target: documentSchema }, class: { target: weatherReportsSchema } },
};
const uint8ArraySchema = {
  type: 'structure',
  name: 'Uint8Array',
  members: { date: { target: timestampSchema }, bytes: { target: blobSchema } },
};
const recordSchema = {
  type: 'structure',
  name: 'Record',
  members: { PutMapError: { target: stringSchema } },
};
const schemaSchema = {
  type: 'structure',
  name: 'Schema',
  members: {
    uint8Array: { target: uint8ArraySchema },
    record: { target: recordSchema },
    operation: { target: operationSchema },
  },
};
const getCityInputSchema = {
  type: 'structure',
  name: 'GetCityInput',
  members: { cityId: { target: stringSchema, traits: { httpLabel: true } } },
};
const bigIntegerSchema = { type: 'bigInteger' };
const bigDecimalSchema = { type: 'bigDecimal' };
const districtSchema = {
  type: 'structure',
  name: 'District',
  members: {
    name: { target: stringSchema },
    rank: { target: integerSchema },
    districts: { target: () => districtsSchema },
  },
};
const districtsSchema = { type: 'list', member: { target: districtSchema } };
const getCityOutputSchema = {
  type: 'structure',
  name: 'GetCityOutput',
  members: {
    name: { target: stringSchema },
    ['__proto__']: { target: stringSchema },
    population: { target: bigIntegerSchema },
    area: { target: bigDecimalSchema },
    districts: { target: districtsSchema },
    twins: { target: namesSchema },
    stations: { target: namesMapSchema },
  },
};

const getForecast = {
  name: 'GetForecast',
  input: getForecastInputSchema,
  output: getForecastOutputSchema,
  errors: [noSuchCitySchema, throttledSchema],
  http: { method: 'GET', uri: '/cities/{cityId}/forecast', code: 200 },
  auth: ['sigv4', 'anonymous'],
};

const listCities = {
  name: 'ListCities',
  input: listCitiesInputSchema,
  output: listCitiesOutputSchema,
  errors: [throttledSchema],
  http: { method: 'GET', uri: '/cities', code: 200 },
  auth: ['sigv4'],
};

const listStations = {
  name: 'ListStations',
  input: listStationsInputSchema,
  output: listStationsOutputSchema,
  errors: [throttledSchema],
  http: { method: 'GET', uri: '/stations', code: 200 },
  auth: ['sigv4'],
};

const watchWeather = {
  name: 'WatchWeather',
  input: watchWeatherInputSchema,
  output: watchWeatherOutputSchema,
  errors: [throttledSchema],
  http: { method: 'POST', uri: '/watch', code: 200 },
  auth: ['sigv4'],
};

const getMap = {
  name: 'GetMap',
  input: getMapInputSchema,
  output: getMapOutputSchema,
  errors: [noSuchCitySchema, throttledSchema],
  http: { method: 'GET', uri: '/maps/{cityId}', code: 200 },
  auth: ['sigv4'],
  checksum: { responseAlgorithms: ['CRC32'] },
};

const putMap = {
  name: 'PutMap',
  input: putMapInputSchema,
  output: unitSchema,
  errors: [throttledSchema],
  http: { method: 'PUT', uri: '/maps/{cityId}', code: 200 },
  auth: ['sigv4'],
  checksum: { requestRequired: true },
  requestCompression: ['gzip'],
};

const constructor = {
  name: 'Constructor',
  input: operationSchema,
  output: schemaSchema,
  errors: [throttledSchema],
  http: { method: 'POST', uri: '/constructor', code: 200 },
  auth: ['sigv4'],
};

const getCity = {
  name: 'GetCity',
  input: getCityInputSchema,
  output: getCityOutputSchema,
  errors: [noSuchCitySchema, throttledSchema],
  http: { method: 'GET', uri: '/cities/{cityId}', code: 200 },
  auth: ['sigv4'],
};

const ping = {
  name: 'Ping',
  input: unitSchema,
  output: unitSchema,
  errors: [throttledSchema],
  http: { method: 'POST', uri: '/ping', code: 204 },
  auth: [],
};

const cityExists = {
  name: 'CityExists',
  acceptors: [
    { state: 'success', success: true },
    { state: 'retry', errorType: 'NoSuchCity' },
  ],
  minDelay: 2,
  maxDelay: 30,
};

const cityGone = { name: 'CityGone', acceptors: [{ state: 'success', errorType: 'NoSuchCity' }] };

const cityHasTwins = {
  name: 'CityHasTwins',
  acceptors: [
    {
      state: 'success',
      output: [
        'filter',
        ['field', 'twins'],
        ['compare', '!=', ['current'], ['literal', 'none']],
        ['current'],
      ],
      comparator: 'anyStringEquals',
      expected: 'Uppsala',
    },
    {
      state: 'failure',
      inputOutput: [
        'compare',
        '==',
        ['chain', ['field', 'input'], ['field', 'cityId']],
        ['chain', ['field', 'output'], ['field', 'name']],
      ],
      comparator: 'booleanEquals',
      expected: 'true',
    },
    { state: 'success', success: false },
  ],
};
