// Checked by the compiler alone: what callers may and may not write against a generated client.
import type { ApiFactory, CallOptions, Paginator, ServiceError, StreamingOutput } from '@latchkey/client';
import type * as declared from '../generated/weather-client.d.ts';
import {
  type CityRecord,
  type GetCityError,
  type GetCityInput,
  type GetCityOutput,
  type GetForecastInput,
  type GetMapOutput,
  type ListCitiesInput,
  type ListCitiesOutput,
  NoSuchCity,
  type Outlook,
  type PingError,
  type PutMapInput,
  type Rule,
  type Scale,
  type Throttled,
  type WatchWeatherInput,
  WEATHERReports,
  type WeatherEvents,
} from '../generated/weather-client.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

// A client takes a factory.
declare const factory: ApiFactory;
const client = new WEATHERReports(factory);
export const viaFactory: WEATHERReports = factory.makeNew(WEATHERReports);

// Methods take the input, unless there is none, and options; they promise the output.
same<Parameters<WEATHERReports['getCity']>, [params: GetCityInput, opts?: CallOptions | undefined]>(true);
same<ReturnType<WEATHERReports['getCity']>, Promise<GetCityOutput>>(true);
same<
  Parameters<WEATHERReports['listCities']>,
  [params?: ListCitiesInput | undefined, opts?: CallOptions | undefined]
>(true);
same<Parameters<WEATHERReports['ping']>, [opts?: CallOptions | undefined]>(true);
same<ReturnType<WEATHERReports['ping']>, Promise<void>>(true);
// @ts-expect-error a required member is missing
export const withoutInput = () => client.getCity({});
// @ts-expect-error a member that the structure does not have
export const withOther = () => client.getCity({ cityId: 'oslo', country: 'NO' });

// Required members are plain, others may be absent or null, but are not undefined.
same<GetForecastInput['cityId'], string>(true);
same<GetForecastInput['day'], string | null | undefined>(true);
export const withNull: GetForecastInput = { cityId: 'oslo', day: null };
// @ts-expect-error exact optional properties
export const withUndefined: GetForecastInput = { cityId: 'oslo', day: undefined };

// What the client fills in need not be given; a stream takes what can be streamed.
export const upload: PutMapInput = { cityId: 'oslo', picture: 'text' };
same<GetMapOutput['picture'], StreamingOutput>(true);
same<WatchWeatherInput['wishes'], AsyncIterable<{ city: { cityId: string } }> | null | undefined>(false);

// Enums are open: known values are known, others are not refused.
export const known: Scale = 'C';
export const newer: Scale = 'R';

// A union has exactly one member, and is told apart by which is there.
export const sunny: Outlook = { sun: {} };
// @ts-expect-error none
export const nothing: Outlook = {};
// @ts-expect-error two
export const both: Outlook = { sun: {}, rainMillimetres: 3 };
export function rainOf(outlook: Outlook): number {
  if (outlook.rainMillimetres !== undefined) {
    same<typeof outlook.rainMillimetres, number>(true);
    return outlook.rainMillimetres;
  }
  if (outlook.$unknown !== undefined) same<typeof outlook.$unknown, [name: string, value: unknown]>(true);
  return 0;
}
export const rule: Rule = { all: [{ not: { rain: true } }, { byName: { maybe: null } }] };

// Events that are errors are thrown, not given.
// @ts-expect-error no such event
export const thrown = (event: WeatherEvents) => event.throttled;

// Pages and items have types.
same<ReturnType<WEATHERReports['paginateListCities']>, Paginator<ListCitiesOutput, CityRecord>>(true);
same<
  ReturnType<ReturnType<WEATHERReports['paginateListStations']>['items']>,
  AsyncIterable<[string, (string | null)[]]>
>(true);

// A waiter gives what it waited for.
same<ReturnType<WEATHERReports['waitForCityExists']>, Promise<GetCityOutput>>(true);
same<ReturnType<WEATHERReports['waitForCityGone']>, Promise<NoSuchCity>>(true);
same<ReturnType<WEATHERReports['waitForCityHasTwins']>, Promise<GetCityOutput | ServiceError>>(true);

// The errors of an operation are told apart by name, or by class.
export function retryAfterSeconds(error: GetCityError): number | null | undefined {
  switch (error.name) {
    case 'NoSuchCity':
      same<typeof error, NoSuchCity>(true);
      return undefined;
    case 'Throttled':
      return error.retryAfterSeconds;
  }
}
same<PingError, Throttled>(true);
export function cityOf(error: unknown): string | null | undefined {
  return error instanceof NoSuchCity ? error.cityId : undefined;
}

// What the .d.ts file says is what the TypeScript says.
same<declared.GetForecastInput, GetForecastInput>(true);
same<declared.Outlook, Outlook>(true);
same<declared.Rule, Rule>(true);
same<declared.NoSuchCity['name'], NoSuchCity['name']>(true);
same<declared.NoSuchCity['cityId'], NoSuchCity['cityId']>(true);
same<keyof typeof declared, 'NoSuchCity' | 'Throttled' | 'WEATHERReports'>(true);
same<keyof declared.WEATHERReports, keyof WEATHERReports>(true);
same<Parameters<declared.WEATHERReports['getCity']>, Parameters<WEATHERReports['getCity']>>(true);
same<Parameters<declared.WEATHERReports['listCities']>, Parameters<WEATHERReports['listCities']>>(true);
same<
  ReturnType<declared.WEATHERReports['paginateListCities']>,
  ReturnType<WEATHERReports['paginateListCities']>
>(true);
