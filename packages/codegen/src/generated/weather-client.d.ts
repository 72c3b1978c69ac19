// Generated from example.weather#Weather, version 2026-01-01: not to be changed by hand, but generated again.
import {
  type ApiFactory,
  type ApiMetadata,
  type BytesInput,
  type CallOptions,
  type DocumentValue,
  type Paginator,
  ServiceError,
  type StreamingInput,
  type StreamingOutput,
  type TaggedUnion,
  type WaitOptions,
} from '@latchkey/client';

/** There is no such city. */
export declare class NoSuchCity extends ServiceError {
  /** Tells this error from others, as `instanceof` does. */
  readonly name: 'NoSuchCity';
  readonly cityId?: string | null;
}

export declare class Throttled extends ServiceError {
  /** Tells this error from others, as `instanceof` does. */
  readonly name: 'Throttled';
  readonly retryAfterSeconds?: number | null;
}

/**
 * Tells the weather of cities.
 *
 * @see example.weather#Weather
 */
export declare class WEATHERReports {
  /** What the runtime has to know of the service. */
  static readonly ApiMetadata: ApiMetadata;
  #private;

  /** Makes a client with the settings of a factory. */
  constructor(apiFactory: ApiFactory);

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
  getForecast(params: GetForecastInput, opts?: CallOptions): Promise<GetForecastOutput>;

  /**
   * Lists all cities.
   *
   * @throws {Throttled}
   * @throws {ListCitiesError} the union of these
   * @see example.weather#ListCities
   */
  listCities(params?: ListCitiesInput, opts?: CallOptions): Promise<ListCitiesOutput>;

  /** Goes through the pages of `listCities`, one call after the other; `items()` gives what is on them. */
  paginateListCities(params?: ListCitiesInput, opts?: CallOptions): Paginator<ListCitiesOutput, CityRecord>;

  /**
   * @deprecated Ask for the cities.
   * @throws {Throttled}
   * @throws {ListStationsError} the union of these
   * @see example.weather#ListStations
   */
  listStations(params?: ListStationsInput, opts?: CallOptions): Promise<ListStationsOutput>;

  /** Goes through the pages of `listStations`, one call after the other; `items()` gives what is on them. */
  paginateListStations(
    params?: ListStationsInput,
    opts?: CallOptions,
  ): Paginator<ListStationsOutput, [string, (string | null)[]]>;

  /**
   * @throws {Throttled}
   * @throws {WatchWeatherError} the union of these
   * @see example.weather#WatchWeather
   */
  watchWeather(params?: WatchWeatherInput, opts?: CallOptions): Promise<WatchWeatherOutput>;

  /**
   * @throws {NoSuchCity}
   * @throws {Throttled}
   * @throws {GetMapError} the union of these
   * @see example.weather#GetMap
   */
  getMap(params: GetMapInput, opts?: CallOptions): Promise<GetMapOutput>;

  /**
   * @throws {Throttled}
   * @throws {PutMapError_} the union of these
   * @see example.weather#PutMap
   */
  putMap(params: PutMapInput, opts?: CallOptions): Promise<void>;

  /**
   * Named as what makes an object.
   *
   * @throws {Throttled}
   * @throws {ConstructorError} the union of these
   * @see example.weather#Constructor
   */
  constructor_(params?: Operation, opts?: CallOptions): Promise<Schema>;

  /**
   * @throws {NoSuchCity}
   * @throws {Throttled}
   * @throws {GetCityError} the union of these
   * @see example.weather#GetCity
   */
  getCity(params: GetCityInput, opts?: CallOptions): Promise<GetCityOutput>;

  /**
   * @throws {Throttled}
   * @throws {PingError} the union of these
   * @see example.weather#Ping
   */
  ping(opts?: CallOptions): Promise<void>;

  /** Waits until the city is there. */
  waitForCityExists(params: GetCityInput, opts?: WaitOptions): Promise<GetCityOutput>;

  /** Calls `getCity` until it answers as CityGone says. */
  waitForCityGone(params: GetCityInput, opts?: WaitOptions): Promise<NoSuchCity>;

  /** Calls `getCity` until it answers as CityHasTwins says. */
  waitForCityHasTwins(params: GetCityInput, opts?: WaitOptions): Promise<GetCityOutput | ServiceError>;
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
