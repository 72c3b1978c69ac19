// Generated from packages/codegen/src/testing/weather.json (example.weather#Weather, version 2026-01-01): change the model, then generate again.
import { ModeledError } from '@latchkey/wire';
import type { ErrorSchema, Schema, ServiceSchema, StructureSchema } from '@latchkey/wire';

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

/** There is no such city. */
export interface NoSuchCity {
  readonly message: string;
  readonly cityId?: string | undefined;
}

export type Outlook =
  /** No cloud. */
  | { readonly sun: Unit }
  | { readonly rainMillimetres: number };

/** What one hour should bring; named as a type of JavaScript is. */
export interface Promise_ {
  readonly temperature: number;
  readonly rain?: boolean | undefined;
}

export type Rank =
  | 1
  | 2;

export type Scale =
  | 'C'
  | 'F'
  | 'KELVIN';

export interface Throttled {
  readonly retryAfterSeconds?: number | undefined;
}

export type Unit = Record<string, never>;

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

const throttledSchema: ErrorSchema = {
  type: 'structure',
  name: 'Throttled',
  members: { retryAfterSeconds: { target: { type: 'integer' }, traits: { default: 1 } } },
  fault: 'server',
  status: 503,
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
