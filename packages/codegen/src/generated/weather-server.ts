// Generated from packages/codegen/src/testing/weather.json (example.weather#Weather, version 2026-01-01): change the model, then generate again.
import { ModeledError } from '@latchkey/wire';
import type { ErrorSchema, Schema, ServiceSchema, StructureSchema } from '@latchkey/wire';

export interface CityPage {
  readonly cities: readonly CityRecord[];
}

export interface CityRecord {
  readonly cityId: string;
  readonly founded?: Date | undefined;
  readonly rules?: Rule | undefined;
}

/** A part of a city, which may have parts itself. */
export interface District {
  readonly name?: string | undefined;
  readonly rank?: Rank | undefined;
  readonly districts?: readonly District[] | undefined;
}

export interface GetCityInput {
  /** Which city. */
  readonly cityId: string;
}

export interface GetCityOutput {
  readonly name?: string | undefined;
  readonly ['__proto__']?: string | undefined;
  readonly population?: number | bigint | undefined;
  readonly area?: number | undefined;
  readonly districts?: readonly District[] | undefined;
  readonly twins?: readonly (string | null)[] | undefined;
  readonly stations?: Readonly<Record<string, readonly (string | null)[]>> | undefined;
}

/** Which forecast. */
export interface GetForecastInput {
  /** The city the forecast is for. */
  readonly cityId: string;
  readonly day?: string | undefined;
  readonly scale?: Scale | undefined;
}

export interface GetForecastOutput {
  readonly outlook: Outlook;
  readonly hours?: readonly Promise_[] | undefined;
  readonly madeAt?: Date | undefined;
  readonly map?: Uint8Array | undefined;
  readonly raw?: unknown | undefined;
}

export interface GetMapInput {
  readonly cityId: string;
}

export interface GetMapOutput {
  readonly picture: Uint8Array;
  readonly size?: number | bigint | undefined;
}

export interface ListCitiesInput {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

export interface ListCitiesOutput {
  readonly page?: CityPage | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListStationsInput {
  readonly nextToken?: string | undefined;
}

export interface ListStationsOutput {
  readonly stations?: Readonly<Record<string, readonly (string | null)[]>> | undefined;
  readonly nextToken?: string | undefined;
}

/** There is no such city. */
export interface NoSuchCity {
  readonly message: string;
  readonly cityId?: string | undefined;
}

export interface OfCityEvent {
  readonly cityId?: string | undefined;
  readonly note?: Uint8Array | undefined;
}

/** Named as a type of the runtime is. */
export interface Operation {
  readonly params?: unknown | undefined;
  readonly class?: WEATHERReports | undefined;
}

export type Outlook =
  /** No cloud. */
  | { readonly sun: Unit }
  | { readonly rainMillimetres: number };

export interface OutlookEvent {
  readonly outlook?: Outlook | undefined;
}

/** What one hour should bring; named as a type of JavaScript is. */
export interface Promise_ {
  readonly temperature: number;
  readonly rain?: boolean | undefined;
}

export type PutMapError =
  | "it's"
  | '"'
  | '*/';

export interface PutMapInput {
  readonly cityId: string;
  readonly picture?: Uint8Array | undefined;
  readonly token?: string | undefined;
  readonly secret?: string | undefined;
}

export type Rank =
  | 1
  | 2;

export interface Record_ {
  readonly PutMapError?: PutMapError | undefined;
}

/** What must hold. */
export type Rule =
  | { readonly not: Rule }
  | { readonly all: readonly Rule[] }
  | { readonly byName: Readonly<Record<string, Rule | null>> }
  | { readonly rain: boolean };

export type Scale =
  | 'C'
  | 'F'
  | 'KELVIN';

export interface Schema_ {
  readonly uint8Array?: Uint8Array_ | undefined;
  readonly record?: Record_ | undefined;
  readonly operation?: Operation | undefined;
}

export interface Throttled {
  readonly retryAfterSeconds?: number | undefined;
}

export interface Uint8Array_ {
  readonly date?: Date | undefined;
  readonly bytes?: Uint8Array | undefined;
}

export type Unit = Record<string, never>;

/** Named as the client is. */
export type WEATHERReports = Record<string, never>;

export interface WatchWeatherInput {
  readonly wishes?: Wishes | undefined;
}

export interface WatchWeatherOutput {
  readonly events?: WeatherEvents | undefined;
}

export type WeatherEvents =
  | { readonly outlook: OutlookEvent }
  | { readonly throttled: Throttled };

export type Wishes =
  | { readonly city: OfCityEvent };

/** The members of each error of the service, by its name. */
export interface WeatherReportsErrors {
  readonly NoSuchCity: NoSuchCity;
  readonly Throttled: Throttled;
}

/** An error of the service: a handler throws it to answer with it. */
export class WeatherReportsError<
  Name extends keyof WeatherReportsErrors = keyof WeatherReportsErrors,
> extends ModeledError<Name, WeatherReportsErrors[Name]> {}

/** The errors that `GetForecast` may answer with, told apart by `name`. */
export type GetForecastError =
  | WeatherReportsError<'NoSuchCity'>
  | WeatherReportsError<'Throttled'>;

/** The errors that `ListCities` may answer with, told apart by `name`. */
export type ListCitiesError =
  | WeatherReportsError<'Throttled'>;

/** The errors that `ListStations` may answer with, told apart by `name`. */
export type ListStationsError =
  | WeatherReportsError<'Throttled'>;

/** The errors that `WatchWeather` may answer with, told apart by `name`. */
export type WatchWeatherError =
  | WeatherReportsError<'Throttled'>;

/** The errors that `GetMap` may answer with, told apart by `name`. */
export type GetMapError =
  | WeatherReportsError<'NoSuchCity'>
  | WeatherReportsError<'Throttled'>;

/** The errors that `PutMap` may answer with, told apart by `name`. */
export type PutMapError_ =
  | WeatherReportsError<'Throttled'>;

/** The errors that `Constructor` may answer with, told apart by `name`. */
export type ConstructorError =
  | WeatherReportsError<'Throttled'>;

/** The errors that `GetCity` may answer with, told apart by `name`. */
export type GetCityError =
  | WeatherReportsError<'NoSuchCity'>
  | WeatherReportsError<'Throttled'>;

/** The errors that `Ping` may answer with, told apart by `name`. */
export type PingError =
  | WeatherReportsError<'Throttled'>;

/**
 * The handlers of Weather. `Context` is what the server hands to each besides its input.
 *
 * @see example.weather#Weather
 */
export interface WeatherReportsHandlers<Context> {
  /**
   * Says what the weather will be.
   *
   * The further ahead, the less it means: a forecast for *\/tomorrow/* is good, one for the day in two weeks
   * is hardly better than none.
   *
   * @see example.weather#GetForecast
   */
  readonly GetForecast: (
    input: GetForecastInput,
    context: Context,
  ) => GetForecastOutput | Promise<GetForecastOutput>;

  /**
   * Lists all cities.
   *
   * @see example.weather#ListCities
   */
  readonly ListCities: (
    input: ListCitiesInput,
    context: Context,
  ) => ListCitiesOutput | Promise<ListCitiesOutput>;

  /** @see example.weather#ListStations */
  readonly ListStations: (
    input: ListStationsInput,
    context: Context,
  ) => ListStationsOutput | Promise<ListStationsOutput>;

  /** @see example.weather#WatchWeather */
  readonly WatchWeather: (
    input: WatchWeatherInput,
    context: Context,
  ) => WatchWeatherOutput | Promise<WatchWeatherOutput>;

  /** @see example.weather#GetMap */
  readonly GetMap: (
    input: GetMapInput,
    context: Context,
  ) => GetMapOutput | Promise<GetMapOutput>;

  /** @see example.weather#PutMap */
  readonly PutMap: (
    input: PutMapInput,
    context: Context,
  ) => Unit | Promise<Unit>;

  /**
   * Named as what makes an object.
   *
   * @see example.weather#Constructor
   */
  readonly Constructor: (
    input: Operation,
    context: Context,
  ) => Schema_ | Promise<Schema_>;

  /** @see example.weather#GetCity */
  readonly GetCity: (
    input: GetCityInput,
    context: Context,
  ) => GetCityOutput | Promise<GetCityOutput>;

  /** @see example.weather#Ping */
  readonly Ping: (
    input: Unit,
    context: Context,
  ) => Unit | Promise<Unit>;
}

const cityIdSchema: Schema = {
  type: 'string',
  traits: { length: { min: 1, max: 64 }, pattern: "^[\\w'-]+$" },
};

const calendarDateSchema: Schema = { type: 'string' };

const scaleSchema: Schema = { type: 'enum', values: ['C', 'F', 'KELVIN'] };

const getForecastInputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetForecastInput',
  members: {
    cityId: { target: cityIdSchema, traits: { required: true, httpLabel: true } },
    day: { target: calendarDateSchema, traits: { httpQuery: 'day' } },
    scale: { target: scaleSchema, traits: { default: 'C', httpQuery: 'scale' } },
  },
};

const unitSchema: StructureSchema = { type: 'structure', name: 'Unit', members: {} };

const outlookSchema: StructureSchema = {
  type: 'union',
  name: 'Outlook',
  members: { sun: { target: unitSchema }, rainMillimetres: { target: { type: 'integer' } } },
};

const promiseSchema: StructureSchema = {
  type: 'structure',
  name: 'Promise',
  members: {
    temperature: { target: { type: 'double' }, traits: { required: true } },
    rain: { target: { type: 'boolean' } },
  },
};

const hoursSchema: Schema = {
  type: 'list',
  member: { target: promiseSchema },
  traits: { length: { max: 24 } },
};

const getForecastOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetForecastOutput',
  members: {
    outlook: { target: outlookSchema, traits: { required: true } },
    hours: { target: hoursSchema },
    madeAt: {
      target: { type: 'timestamp' },
      traits: { timestampFormat: 'http-date', httpHeader: 'x-made-at' },
    },
    map: { target: { type: 'blob' }, traits: { mediaType: 'image/png' } },
    raw: { target: { type: 'document' } },
  },
};

const noSuchCitySchema: ErrorSchema = {
  type: 'structure',
  name: 'NoSuchCity',
  members: {
    message: { target: { type: 'string' }, traits: { required: true } },
    cityId: { target: cityIdSchema },
  },
  fault: 'client',
  status: 404,
};

const listCitiesInputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListCitiesInput',
  members: {
    nextToken: { target: { type: 'string' }, traits: { httpQuery: 'nextToken' } },
    maxResults: { target: { type: 'integer' }, traits: { httpQuery: 'maxResults' } },
  },
};

const rulesSchema: Schema = { type: 'list', member: { target: () => ruleSchema } };

const rulesByNameSchema: Schema = {
  type: 'map',
  key: { target: { type: 'string' } },
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
    rain: { target: { type: 'boolean' } },
  },
};

const cityRecordSchema: StructureSchema = {
  type: 'structure',
  name: 'CityRecord',
  members: {
    cityId: { target: cityIdSchema, traits: { required: true } },
    founded: { target: { type: 'timestamp' } },
    rules: { target: ruleSchema },
  },
};

const citiesSchema: Schema = { type: 'list', member: { target: cityRecordSchema } };

const cityPageSchema: StructureSchema = {
  type: 'structure',
  name: 'CityPage',
  members: { cities: { target: citiesSchema, traits: { required: true } } },
};

const listCitiesOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListCitiesOutput',
  members: { page: { target: cityPageSchema }, nextToken: { target: { type: 'string' } } },
};

const listStationsInputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListStationsInput',
  members: { nextToken: { target: { type: 'string' }, traits: { httpQuery: 'nextToken' } } },
};

const namesSchema: Schema = {
  type: 'list',
  member: { target: { type: 'string' } },
  traits: { sparse: true, uniqueItems: true },
};

const stationsByNameSchema: Schema = {
  type: 'map',
  key: { target: { type: 'string' } },
  value: { target: namesSchema },
};

const listStationsOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'ListStationsOutput',
  members: { stations: { target: stationsByNameSchema }, nextToken: { target: { type: 'string' } } },
};

const ofCityEventSchema: StructureSchema = {
  type: 'structure',
  name: 'OfCityEvent',
  members: {
    cityId: { target: cityIdSchema, traits: { eventHeader: true } },
    note: { target: { type: 'blob' }, traits: { eventPayload: true } },
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
  members: { retryAfterSeconds: { target: { type: 'integer' }, traits: { default: 1 } } },
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
  members: { cityId: { target: cityIdSchema, traits: { required: true, httpLabel: true } } },
};

const pictureSchema: Schema = { type: 'blob', traits: { streaming: true } };

const getMapOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetMapOutput',
  members: {
    picture: { target: pictureSchema, traits: { required: true, httpPayload: true } },
    size: { target: { type: 'long' }, traits: { httpHeader: 'content-length' } },
  },
};

const secretSchema: Schema = { type: 'string', traits: { sensitive: true } };

const putMapInputSchema: StructureSchema = {
  type: 'structure',
  name: 'PutMapInput',
  members: {
    cityId: { target: cityIdSchema, traits: { required: true, httpLabel: true } },
    picture: { target: pictureSchema, traits: { httpPayload: true } },
    token: { target: { type: 'string' }, traits: { idempotencyToken: true, httpHeader: 'x-token' } },
    secret: { target: secretSchema, traits: { httpHeader: 'x-secret' } },
  },
};

const weatherReportsSchema: StructureSchema = { type: 'structure', name: 'WEATHERReports', members: {} };

const operationSchema: StructureSchema = {
  type: 'structure',
  name: 'Operation',
  members: { params: { target: { type: 'document' } }, class: { target: weatherReportsSchema } },
};

const uint8ArraySchema: StructureSchema = {
  type: 'structure',
  name: 'Uint8Array',
  members: { date: { target: { type: 'timestamp' } }, bytes: { target: { type: 'blob' } } },
};

const putMapErrorSchema: Schema = { type: 'enum', values: ["it's", '"', '*/'] };

const recordSchema: StructureSchema = {
  type: 'structure',
  name: 'Record',
  members: { PutMapError: { target: putMapErrorSchema } },
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
  members: { cityId: { target: cityIdSchema, traits: { required: true, httpLabel: true } } },
};

const rankSchema: Schema = { type: 'intEnum', values: [1, 2] };

const districtSchema: StructureSchema = {
  type: 'structure',
  name: 'District',
  members: {
    name: { target: { type: 'string' } },
    rank: { target: rankSchema },
    districts: { target: () => districtsSchema },
  },
};

const districtsSchema: Schema = { type: 'list', member: { target: districtSchema } };

const getCityOutputSchema: StructureSchema = {
  type: 'structure',
  name: 'GetCityOutput',
  members: {
    name: { target: { type: 'string' } },
    ['__proto__']: { target: { type: 'string' } },
    population: { target: { type: 'bigInteger' } },
    area: { target: { type: 'bigDecimal' } },
    districts: { target: districtsSchema },
    twins: { target: namesSchema },
    stations: { target: stationsByNameSchema },
  },
};

/** example.weather#Weather, version 2026-01-01. */
export const weatherReportsService: ServiceSchema = {
  name: 'Weather',
  namespace: 'example.weather',
  version: '2026-01-01',
  protocol: 'restJson1',
  signingName: 'weather',
  operations: {
    GetForecast: {
      name: 'GetForecast',
      input: getForecastInputSchema,
      output: getForecastOutputSchema,
      errors: [noSuchCitySchema, throttledSchema],
      http: { method: 'GET', uri: '/cities/{cityId}/forecast', code: 200 },
      auth: ['sigv4', 'anonymous'],
    },
    ListCities: {
      name: 'ListCities',
      input: listCitiesInputSchema,
      output: listCitiesOutputSchema,
      errors: [throttledSchema],
      http: { method: 'GET', uri: '/cities', code: 200 },
      auth: ['sigv4'],
    },
    ListStations: {
      name: 'ListStations',
      input: listStationsInputSchema,
      output: listStationsOutputSchema,
      errors: [throttledSchema],
      http: { method: 'GET', uri: '/stations', code: 200 },
      auth: ['sigv4'],
    },
    WatchWeather: {
      name: 'WatchWeather',
      input: watchWeatherInputSchema,
      output: watchWeatherOutputSchema,
      errors: [throttledSchema],
      http: { method: 'POST', uri: '/watch', code: 200 },
      auth: ['sigv4'],
    },
    GetMap: {
      name: 'GetMap',
      input: getMapInputSchema,
      output: getMapOutputSchema,
      errors: [noSuchCitySchema, throttledSchema],
      http: { method: 'GET', uri: '/maps/{cityId}', code: 200 },
      auth: ['sigv4'],
      checksum: { responseAlgorithms: ['CRC32'] },
    },
    PutMap: {
      name: 'PutMap',
      input: putMapInputSchema,
      output: unitSchema,
      errors: [throttledSchema],
      http: { method: 'PUT', uri: '/maps/{cityId}', code: 200 },
      auth: ['sigv4'],
      checksum: { requestRequired: true },
      requestCompression: ['gzip'],
    },
    Constructor: {
      name: 'Constructor',
      input: operationSchema,
      output: schemaSchema,
      errors: [throttledSchema],
      http: { method: 'POST', uri: '/constructor', code: 200 },
      auth: ['sigv4'],
    },
    GetCity: {
      name: 'GetCity',
      input: getCityInputSchema,
      output: getCityOutputSchema,
      errors: [noSuchCitySchema, throttledSchema],
      http: { method: 'GET', uri: '/cities/{cityId}', code: 200 },
      auth: ['sigv4'],
    },
    Ping: {
      name: 'Ping',
      input: unitSchema,
      output: unitSchema,
      errors: [throttledSchema],
      http: { method: 'POST', uri: '/ping', code: 204 },
      auth: [],
    },
  },
  errors: [throttledSchema],
};
