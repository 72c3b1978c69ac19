import type { End } from '../end.ts';
import { Misfit, unexpected } from '../misfit.ts';
import type { Traits } from '../schema.ts';

export type TimestampFormat = NonNullable<Traits['timestampFormat']>;

const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/i;
const epochSeconds = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const httpDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d)(\.\d+)? GMT$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Renders a timestamp as text. Milliseconds are left out where they are zero. */
export function renderTimestamp(value: unknown, format: TimestampFormat): string {
  if (!(value instanceof Date)) throw unexpected(value, 'a date');
  const milliseconds = value.getTime();
  if (Number.isNaN(milliseconds)) throw new Misfit('found an invalid date');
  switch (format) {
    case 'date-time':
      return value.toISOString().replace('.000Z', 'Z');
    case 'epoch-seconds':
      return String(milliseconds / 1000);
    case 'http-date':
      return value.toUTCString();
  }
}

/**
 * Parses a timestamp.
 *
 * @throws {Misfit} when the text does not have exactly that format. A client also accepts offsets other than `Z`
 */
export function parseTimestamp(text: string, format: TimestampFormat, end: End): Date {
  const milliseconds = parsers[format](text, end);
  if (Number.isNaN(milliseconds)) throw new Misfit(`expected a timestamp of format ${format}`);
  return timestampOf(milliseconds);
}

/** @throws {Misfit} when the instant is further from the epoch than a `Date` can be */
export function timestampOf(milliseconds: number): Date {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) throw new Misfit('found a timestamp out of range');
  return date;
}

const parsers: Record<TimestampFormat, (text: string, end: End) => number> = {
  'date-time': (text, end) => {
    const [, seconds, fraction, sign, hours, minutes] = dateTime.exec(text) ?? [];
    if (seconds === undefined || (end === 'server' && sign !== undefined)) return Number.NaN;
    const offset =
      sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    return instantOf(seconds.toUpperCase(), fraction) - offset;
  },
  'epoch-seconds': (text) => (epochSeconds.test(text) ? Math.round(Number(text) * 1000) : Number.NaN),
  'http-date': (text) => {
    const [, day, month = '', year, time, fraction] = httpDate.exec(text) ?? [];
    const monthNumber = String(months.indexOf(month) + 1).padStart(2, '0');
    return instantOf(`${year}-${monthNumber}-${day}T${time}`, fraction);
  },
};

/** Milliseconds since the Unix epoch. NaN for a day that does not exist, e.g. 31 April, which `Date` would make 1 May. */
function instantOf(seconds: string, fraction = ''): number {
  const milliseconds = Date.parse(`${seconds}${fraction.slice(0, 4)}Z`);
  const isCarried = new Date(milliseconds).getUTCDate() !== Number(seconds.slice(8, 10));
  return isCarried ? Number.NaN : milliseconds;
}
