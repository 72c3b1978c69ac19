// Checked by the compiler alone: what handlers may and may not write against a generated module.
import type { Outlook, Promise_, WeatherReportsHandlers } from '../generated/weather-server.ts';
import {
  type GetCityError,
  type GetCityInput,
  type GetForecastInput,
  type PingError,
  WeatherReportsError,
} from '../generated/weather-server.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

// Required members are plain; others may be absent or undefined.
same<GetForecastInput['cityId'], string>(true);
same<GetForecastInput['scale'], 'C' | 'F' | 'KELVIN' | undefined>(true);
export const withUndefined: GetForecastInput = { cityId: 'oslo', day: undefined };
// @ts-expect-error a required member is missing
export const withoutCity: GetForecastInput = { day: '2026-01-01' };
// @ts-expect-error a value that the enum does not have
export const wrongScale: GetForecastInput = { cityId: 'oslo', scale: 'R' };
// @ts-expect-error a member that the structure does not have
export const extra: GetCityInput = { cityId: 'oslo', country: 'NO' };

// A union has one of its members.
export const rain: Outlook = { rainMillimetres: 3 };
// @ts-expect-error none
export const nothing: Outlook = {};

// A handler takes its operation's input and the server's context, and may answer at once or later.
type SomeHandlers<Context> = Pick<WeatherReportsHandlers<Context>, 'GetForecast' | 'GetCity' | 'Ping'>;
export const handlers: SomeHandlers<{ readonly now: () => number }> = {
  GetForecast: async ({ cityId, scale }, { now }) => {
    same<typeof cityId, string>(true);
    same<typeof scale, 'C' | 'F' | 'KELVIN' | undefined>(true);
    const hour: Promise_ = { temperature: now() };
    return { outlook: { sun: {} }, hours: [hour] };
  },
  GetCity: ({ cityId }) => ({ name: cityId, population: 2n ** 80n, twins: ['Uppsala', null] }),
  Ping: () => ({}),
};
// @ts-expect-error two operations have no handler
export const incomplete: SomeHandlers<unknown> = { Ping: () => ({}) };
export const wrongAnswer: WeatherReportsHandlers<unknown>['GetForecast'] =
  // @ts-expect-error a required member of the output is missing
  () => ({});

// An error has a name the service models, and the members of that error.
same<ReturnType<typeof noSuchCity>['name'], 'NoSuchCity'>(true);
export const noSuchCity = () =>
  new WeatherReportsError('NoSuchCity', { message: 'No such city', cityId: 'oslo' });
// @ts-expect-error the service has no such error
export const unknownError = () => new WeatherReportsError('NoSuchTown', { message: 'No such town' });
// @ts-expect-error its message is required
export const wordless = () => new WeatherReportsError('NoSuchCity', {});
// @ts-expect-error a member of another error
export const mixedUp = () => new WeatherReportsError('Throttled', { cityId: 'oslo' });

// The errors of an operation are told apart by name.
export function retryAfterSeconds(error: GetCityError): number | undefined {
  switch (error.name) {
    case 'NoSuchCity':
      same<typeof error.members.message, string>(true);
      return undefined;
    case 'Throttled':
      return error.members.retryAfterSeconds;
  }
}
same<PingError['name'], 'Throttled'>(true);
