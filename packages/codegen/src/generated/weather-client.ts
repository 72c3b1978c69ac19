// Generated from example.weather#Weather, version 2026-01-01: not to be changed by hand, but generated again.
import {
  type ApiFactory,
  type ApiMetadata,
  type BytesInput,
  type CallOptions,
  type DocumentValue,
  type ErrorSchema,
  type Operation as Operation_,
  type Paginator,
  type Schema as Schema_,
  type ServiceClient,
  ServiceError,
  type StreamingInput,
  type StreamingOutput,
  type StructureSchema,
  type TaggedUnion,
  type Waiter,
  type WaitOptions,
} from '@latchkey/client';
import { standardEndpoints } from '@latchkey/client/endpoints/standard';
import { eventStreams } from '@latchkey/client/event-streams';
import { httpChecksums } from '@latchkey/client/features/http-checksums';
import { requestCompression } from '@latchkey/client/features/request-compression';
import { paginate } from '@latchkey/client/paginate';
import { restJson1 } from '@latchkey/client/protocols/rest-json1';
import { waitFor } from '@latchkey/client/wait-for';

/** There is no such city. */
export class NoSuchCity extends ServiceError {
  /** Tells this error from others, as `instanceof` does. */
  declare readonly name: 'NoSuchCity';
  declare readonly cityId?: string | null;
}

export class Throttled extends ServiceError {
  /** Tells this error from others, as `instanceof` does. */
  declare readonly name: 'Throttled';
  declare readonly retryAfterSeconds?: number | null;
}

/**
 * Tells the weather of cities.
 *
 * @see example.weather#Weather
 */
export class WEATHERReports {
  /** What the runtime has to know of the service. */
  static readonly ApiMetadata: ApiMetadata = {
    serviceId: 'WEATHER Reports',
    service: { name: 'Weather', namespace: 'example.weather', version: '2026-01-01' },
    signingName: 'weather',
    protocol: restJson1,
    endpoints: standardEndpoints({ prefix: 'weather' }),
    errors: { NoSuchCity, Throttled },
    features: [requestCompression, httpChecksums],
    eventStreams,
  };

  readonly #client: ServiceClient;

  /** Makes a client with the settings of a factory. */
  constructor(apiFactory: ApiFactory) {
    this.#client = apiFactory.buildServiceClient(WEATHERReports.ApiMetadata);
  }

  /**
   * Says what the weather will be.
   *
   * The further ahead, the less it means: a forecast for *\/tomorrow/* is good, one for the day in two weeks
   * is hardly better than none.
   *
   * @throws {NoSuchCity}
   * @throws {Throttled}
   * @throws {GetForecastError} the union of these
   * @see example.weather#GetForecast
   */
  getForecast(params: GetForecastInput, opts?: CallOptions): Promise<GetForecastOutput> {
    return this.#client.call(getForecast, params, opts);
  }

  /**
   * Lists all cities.
   *
   * @throws {Throttled}
   * @throws {ListCitiesError} the union of these
   * @see example.weather#ListCities
   */
  listCities(params: ListCitiesInput = {}, opts?: CallOptions): Promise<ListCitiesOutput> {
    return this.#client.call(listCities, params, opts);
  }

  /** Goes through the pages of `listCities`, one call after the other; `items()` gives what is on them. */
  paginateListCities(
    params: ListCitiesInput = {},
    opts?: CallOptions,
  ): Paginator<ListCitiesOutput, CityRecord> {
    return paginate(
      this.#client,
      listCities,
      params,
      { inputToken: 'nextToken', outputToken: 'nextToken', items: 'page.cities' },
      opts,
    );
  }

  /**
   * @deprecated Ask for the cities.
   * @throws {Throttled}
   * @throws {ListStationsError} the union of these
   * @see example.weather#ListStations
   */
  listStations(params: ListStationsInput = {}, opts?: CallOptions): Promise<ListStationsOutput> {
    return this.#client.call(listStations, params, opts);
  }

  /** Goes through the pages of `listStations`, one call after the other; `items()` gives what is on them. */
  paginateListStations(
    params: ListStationsInput = {},
    opts?: CallOptions,
  ): Paginator<ListStationsOutput, [string, (string | null)[]]> {
    return paginate(
      this.#client,
      listStations,
      params,
      { inputToken: 'nextToken', outputToken: 'nextToken', items: 'stations' },
      opts,
    );
  }

  /**
   * @throws {Throttled}
   * @throws {WatchWeatherError} the union of these
   * @see example.weather#WatchWeather
   */
  watchWeather(params: WatchWeatherInput = {}, opts?: CallOptions): Promise<WatchWeatherOutput> {
    return this.#client.call(watchWeather, params, opts);
  }

  /**
   * @throws {NoSuchCity}
   * @throws {Throttled}
   * @throws {GetMapError} the union of these
   * @see example.weather#GetMap
   */
  getMap(params: GetMapInput, opts?: CallOptions): Promise<GetMapOutput> {
    return this.#client.call(getMap, params, opts);
  }

  /**
   * @throws {Throttled}
   * @throws {PutMapError_} the union of these
   * @see example.weather#PutMap
   */
  putMap(params: PutMapInput, opts?: CallOptions): Promise<void> {
    return this.#client.call(putMap, params, opts);
  }

  /**
   * Named as what makes an object.
   *
   * @throws {Throttled}
   * @throws {ConstructorError} the union of these
   * @see example.weather#Constructor
   */
  constructor_(params: Operation = {}, opts?: CallOptions): Promise<Schema> {
    return this.#client.call(constructor, params, opts);
  }

  /**
   * @throws {NoSuchCity}
   * @throws {Throttled}
   * @throws {GetCityError} the union of these
   * @see example.weather#GetCity
   */
  getCity(params: GetCityInput, opts?: CallOptions): Promise<GetCityOutput> {
    return this.#client.call(getCity, params, opts);
  }

  /**
   * @throws {Throttled}
   * @throws {PingError} the union of these
   * @see example.weather#Ping
   */
  ping(opts?: CallOptions): Promise<void> {
    return this.#client.call(ping, {}, opts);
  }

  /** Waits until the city is there. */
  waitForCityExists(params: GetCityInput, opts?: WaitOptions): Promise<GetCityOutput> {
    return waitFor(this.#client, getCity, params, cityExists, opts);
  }

  /** Calls `getCity` until it answers as CityGone says. */
  waitForCityGone(params: GetCityInput, opts?: WaitOptions): Promise<NoSuchCity> {
    return waitFor(this.#client, getCity, params, cityGone, opts);
  }

  /** Calls `getCity` until it answers as CityHasTwins says. */
  waitForCityHasTwins(params: GetCityInput, opts?: WaitOptions): Promise<GetCityOutput | ServiceError> {
    return waitFor(this.#client, getCity, params, cityHasTwins, opts);
  }
}

export interface CityPage {
  cities: CityRecord[];
}

export interface CityRecord {
  cityId: string;
  founded?: Date | null;
  rules?: Rule | null;
}

/** A part of a city, which may have parts itself. */
export interface District {
  name?: string | null;
  rank?: Rank | null;
  districts?: District[] | null;
}

/** The input of `getCity`. */
export interface GetCityInput {
  /** Which city. */
  cityId: string;
}

/** The output of `getCity`. */
export interface GetCityOutput {
  name?: string | null;
  ['__proto__']?: string | null;
  population?: number | null;
  area?: number | null;
  districts?: District[] | null;
  twins?: (string | null)[] | null;
  stations?: { [key: string]: (string | null)[] } | null;
}

/** Which forecast. */
export interface GetForecastInput {
  /** The city the forecast is for. */
  cityId: string;
  day?: string | null;
  scale?: Scale | null;
}

/** The output of `getForecast`. */
export interface GetForecastOutput {
  outlook: Outlook;
  hours?: Promise_[] | null;
  madeAt?: Date | null;
  map?: Uint8Array | null;
  raw?: DocumentValue | null;
}

/** The input of `getMap`. */
export interface GetMapInput {
  cityId: string;
}

/** The output of `getMap`. */
export interface GetMapOutput {
  picture: StreamingOutput;
  size?: number | null;
}

/** The input of `listCities`. */
export interface ListCitiesInput {
  nextToken?: string | null;
  maxResults?: number | null;
}

/** The output of `listCities`. */
export interface ListCitiesOutput {
  page?: CityPage | null;
  nextToken?: string | null;
}

/** The input of `listStations`. */
export interface ListStationsInput {
  nextToken?: string | null;
}

/** The output of `listStations`. */
export interface ListStationsOutput {
  stations?: { [key: string]: (string | null)[] } | null;
  nextToken?: string | null;
}

export interface OfCityEvent {
  cityId?: string | null;
  note?: BytesInput | null;
}

/** Named as a type of the runtime is. */
export interface Operation {
  params?: DocumentValue | null;
  class?: WEATHERReports_ | null;
}

export type Outlook = TaggedUnion<{
  /** No cloud. */
  sun: { [key: string]: never };
  rainMillimetres: number;
}>;

export interface OutlookEvent {
  outlook?: Outlook | null;
}

/** What one hour should bring; named as a type of JavaScript is. */
export interface Promise_ {
  temperature: number;
  rain?: boolean | null;
}

export type PutMapError =
  | "it's"
  | '"'
  /** Ends a comment: \*\/ so it would seem. */
  | '*/'
  | (string & {});

/** The input of `putMap`. */
export interface PutMapInput {
  cityId: string;
  picture?: StreamingInput | null;
  token?: string | null;
  secret?: string | null;
}

export type Rank = 1 | 2 | (number & {});

export interface Record {
  PutMapError?: PutMapError | null;
}

/** What must hold. */
export type Rule = TaggedUnion<{
  not: Rule;
  all: Rule[];
  byName: { [key: string]: Rule | null };
  rain: boolean;
}>;

export type Scale = 'C' | 'F' | 'KELVIN' | (string & {});

/** The output of `constructor_`. */
export interface Schema {
  uint8Array?: Uint8Array_ | null;
  record?: Record | null;
  operation?: Operation | null;
}

export interface Uint8Array_ {
  date?: Date | null;
  bytes?: Uint8Array | null;
}

/** The input of `watchWeather`. */
export interface WatchWeatherInput {
  wishes?: AsyncIterable<Wishes> | null;
}

/** The output of `watchWeather`. */
export interface WatchWeatherOutput {
  events?: AsyncIterable<WeatherEvents> | null;
}

export type WeatherEvents = TaggedUnion<{
  outlook: OutlookEvent;
}>;

/** Named as the client is. */
export interface WEATHERReports_ {}

export type Wishes = TaggedUnion<{
  city: OfCityEvent;
}>;

/** The errors that `GetForecast` may answer with, told apart by `name`. */
export type GetForecastError = NoSuchCity | Throttled;

/** The errors that `ListCities` may answer with, told apart by `name`. */
export type ListCitiesError = Throttled;

/** The errors that `ListStations` may answer with, told apart by `name`. */
export type ListStationsError = Throttled;

/** The errors that `WatchWeather` may answer with, told apart by `name`. */
export type WatchWeatherError = Throttled;

/** The errors that `GetMap` may answer with, told apart by `name`. */
export type GetMapError = NoSuchCity | Throttled;

/** The errors that `PutMap` may answer with, told apart by `name`. */
export type PutMapError_ = Throttled;

/** The errors that `Constructor` may answer with, told apart by `name`. */
export type ConstructorError = Throttled;

/** The errors that `GetCity` may answer with, told apart by `name`. */
export type GetCityError = NoSuchCity | Throttled;

/** The errors that `Ping` may answer with, told apart by `name`. */
export type PingError = Throttled;

const stringSchema: Schema_ = { type: 'string' };
const getForecastInputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetForecastInput',
  members: {
    cityId: { target: stringSchema, traits: { httpLabel: true } },
    day: { target: stringSchema, traits: { httpQuery: 'day' } },
    scale: { target: stringSchema, traits: { httpQuery: 'scale' } },
  },
};
const unitSchema: StructureSchema = { type: 'structure', name: 'Unit', members: {} };
const integerSchema: Schema_ = { type: 'integer' };
const outlookSchema: StructureSchema = {
  type: 'union',
  name: 'Outlook',
  members: { sun: { target: unitSchema }, rainMillimetres: { target: integerSchema } },
};
const doubleSchema: Schema_ = { type: 'double' };
const booleanSchema: Schema_ = { type: 'boolean' };
const promiseSchema: StructureSchema = {
  type: 'structure',
  name: 'Promise',
  members: {
    temperature: { target: doubleSchema, traits: { required: true } },
    rain: { target: booleanSchema },
  },
};
const promiseListSchema: Schema_ = { type: 'list', member: { target: promiseSchema } };
const timestampSchema: Schema_ = { type: 'timestamp' };
const blobSchema: Schema_ = { type: 'blob' };
const documentSchema: Schema_ = { type: 'document' };
const getForecastOutputSchema: StructureSchema = {
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
const noSuchCitySchema: ErrorSchema = {
  type: 'structure',
  name: 'NoSuchCity',
  members: {
    message: { target: stringSchema, traits: { required: true } },
    cityId: { target: stringSchema },
  },
  fault: 'client',
  status: 404,
};
const listCitiesInputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListCitiesInput',
  members: {
    nextToken: { target: stringSchema, traits: { httpQuery: 'nextToken' } },
    maxResults: { target: integerSchema, traits: { httpQuery: 'maxResults' } },
  },
};
const rulesSchema: Schema_ = { type: 'list', member: { target: () => ruleSchema } };
const rulesByNameSchema: Schema_ = {
  type: 'map',
  key: { target: stringSchema },
  value: { target: () => ruleSchema },
  traits: { sparse: true },
};
const ruleSchema: StructureSchema = {
  type: 'union',
  name: 'Rule',
  members: {
    not: { target: () => ruleSchema },
    all: { target: rulesSchema },
    byName: { target: rulesByNameSchema },
    rain: { target: booleanSchema },
  },
};
const cityRecordSchema: StructureSchema = {
  type: 'structure',
  name: 'CityRecord',
  members: {
    cityId: { target: stringSchema, traits: { required: true } },
    founded: { target: timestampSchema },
    rules: { target: ruleSchema },
  },
};
const cityRecordListSchema: Schema_ = { type: 'list', member: { target: cityRecordSchema } };
const cityPageSchema: StructureSchema = {
  type: 'structure',
  name: 'CityPage',
  members: { cities: { target: cityRecordListSchema, traits: { required: true } } },
};
const listCitiesOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListCitiesOutput',
  members: { page: { target: cityPageSchema }, nextToken: { target: stringSchema } },
};
const listStationsInputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListStationsInput',
  members: { nextToken: { target: stringSchema, traits: { httpQuery: 'nextToken' } } },
};
const namesSchema: Schema_ = { type: 'list', member: { target: stringSchema }, traits: { sparse: true } };
const namesMapSchema: Schema_ = {
  type: 'map',
  key: { target: stringSchema },
  value: { target: namesSchema },
};
const listStationsOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListStationsOutput',
  members: { stations: { target: namesMapSchema }, nextToken: { target: stringSchema } },
};
const ofCityEventSchema: StructureSchema = {
  type: 'structure',
  name: 'OfCityEvent',
  members: {
    cityId: { target: stringSchema, traits: { eventHeader: true } },
    note: { target: blobSchema, traits: { eventPayload: true } },
  },
};
const wishesSchema: StructureSchema = {
  type: 'union',
  name: 'Wishes',
  members: { city: { target: ofCityEventSchema } },
  traits: { streaming: true },
};
const watchWeatherInputSchema: StructureSchema = {
  type: 'structure',
  name: 'WatchWeatherInput',
  members: { wishes: { target: wishesSchema, traits: { httpPayload: true } } },
};
const outlookEventSchema: StructureSchema = {
  type: 'structure',
  name: 'OutlookEvent',
  members: { outlook: { target: outlookSchema } },
};
const throttledSchema: ErrorSchema = {
  type: 'structure',
  name: 'Throttled',
  members: { retryAfterSeconds: { target: integerSchema } },
  fault: 'server',
  status: 503,
};
const weatherEventsSchema: StructureSchema = {
  type: 'union',
  name: 'WeatherEvents',
  members: { outlook: { target: outlookEventSchema }, throttled: { target: throttledSchema } },
  traits: { streaming: true },
};
const watchWeatherOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'WatchWeatherOutput',
  members: { events: { target: weatherEventsSchema, traits: { httpPayload: true } } },
};
const getMapInputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetMapInput',
  members: { cityId: { target: stringSchema, traits: { httpLabel: true } } },
};
const pictureSchema: Schema_ = { type: 'blob', traits: { streaming: true } };
const longSchema: Schema_ = { type: 'long' };
const getMapOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetMapOutput',
  members: {
    picture: { target: pictureSchema, traits: { required: true, httpPayload: true } },
    size: { target: longSchema, traits: { httpHeader: 'content-length' } },
  },
};
const putMapInputSchema: StructureSchema = {
  type: 'structure',
  name: 'PutMapInput',
  members: {
    cityId: { target: stringSchema, traits: { httpLabel: true } },
    picture: { target: pictureSchema, traits: { httpPayload: true } },
    token: { target: stringSchema, traits: { idempotencyToken: true, httpHeader: 'x-token' } },
    secret: { target: stringSchema, traits: { httpHeader: 'x-secret' } },
  },
};
const weatherReportsSchema: StructureSchema = { type: 'structure', name: 'WEATHERReports', members: {} };
const operationSchema: StructureSchema = {
  type: 'structure',
  name: 'Operation',
  members: { params: { target: documentSchema }, class: { target: weatherReportsSchema } },
};
const uint8ArraySchema: StructureSchema = {
  type: 'structure',
  name: 'Uint8Array',
  members: { date: { target: timestampSchema }, bytes: { target: blobSchema } },
};
const recordSchema: StructureSchema = {
  type: 'structure',
  name: 'Record',
  members: { PutMapError: { target: stringSchema } },
};
const schemaSchema: StructureSchema = {
  type: 'structure',
  name: 'Schema',
  members: {
    uint8Array: { target: uint8ArraySchema },
    record: { target: recordSchema },
    operation: { target: operationSchema },
  },
};
const getCityInputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetCityInput',
  members: { cityId: { target: stringSchema, traits: { httpLabel: true } } },
};
const bigIntegerSchema: Schema_ = { type: 'bigInteger' };
const bigDecimalSchema: Schema_ = { type: 'bigDecimal' };
const districtSchema: StructureSchema = {
  type: 'structure',
  name: 'District',
  members: {
    name: { target: stringSchema },
    rank: { target: integerSchema },
    districts: { target: () => districtsSchema },
  },
};
const districtsSchema: Schema_ = { type: 'list', member: { target: districtSchema } };
const getCityOutputSchema: StructureSchema = {
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

const getForecast: Operation_ = {
  name: 'GetForecast',
  input: getForecastInputSchema,
  output: getForecastOutputSchema,
  errors: [noSuchCitySchema, throttledSchema],
  http: { method: 'GET', uri: '/cities/{cityId}/forecast', code: 200 },
  auth: ['sigv4', 'anonymous'],
};

const listCities: Operation_ = {
  name: 'ListCities',
  input: listCitiesInputSchema,
  output: listCitiesOutputSchema,
  errors: [throttledSchema],
  http: { method: 'GET', uri: '/cities', code: 200 },
  auth: ['sigv4'],
};

const listStations: Operation_ = {
  name: 'ListStations',
  input: listStationsInputSchema,
  output: listStationsOutputSchema,
  errors: [throttledSchema],
  http: { method: 'GET', uri: '/stations', code: 200 },
  auth: ['sigv4'],
};

const watchWeather: Operation_ = {
  name: 'WatchWeather',
  input: watchWeatherInputSchema,
  output: watchWeatherOutputSchema,
  errors: [throttledSchema],
  http: { method: 'POST', uri: '/watch', code: 200 },
  auth: ['sigv4'],
};

const getMap: Operation_ = {
  name: 'GetMap',
  input: getMapInputSchema,
  output: getMapOutputSchema,
  errors: [noSuchCitySchema, throttledSchema],
  http: { method: 'GET', uri: '/maps/{cityId}', code: 200 },
  auth: ['sigv4'],
  checksum: { responseAlgorithms: ['CRC32'] },
};

const putMap: Operation_ = {
  name: 'PutMap',
  input: putMapInputSchema,
  output: unitSchema,
  errors: [throttledSchema],
  http: { method: 'PUT', uri: '/maps/{cityId}', code: 200 },
  auth: ['sigv4'],
  checksum: { requestRequired: true },
  requestCompression: ['gzip'],
};

const constructor: Operation_ = {
  name: 'Constructor',
  input: operationSchema,
  output: schemaSchema,
  errors: [throttledSchema],
  http: { method: 'POST', uri: '/constructor', code: 200 },
  auth: ['sigv4'],
};

const getCity: Operation_ = {
  name: 'GetCity',
  input: getCityInputSchema,
  output: getCityOutputSchema,
  errors: [noSuchCitySchema, throttledSchema],
  http: { method: 'GET', uri: '/cities/{cityId}', code: 200 },
  auth: ['sigv4'],
};

const ping: Operation_ = {
  name: 'Ping',
  input: unitSchema,
  output: unitSchema,
  errors: [throttledSchema],
  http: { method: 'POST', uri: '/ping', code: 204 },
  auth: [],
};

const cityExists: Waiter = {
  name: 'CityExists',
  acceptors: [
    { state: 'success', success: true },
    { state: 'retry', errorType: 'NoSuchCity' },
  ],
  minDelay: 2,
  maxDelay: 30,
};

const cityGone: Waiter = { name: 'CityGone', acceptors: [{ state: 'success', errorType: 'NoSuchCity' }] };

const cityHasTwins: Waiter = {
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
