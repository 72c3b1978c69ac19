import { html } from 'hono/html';
import type { Html } from '../html.ts';

type Unit = 'second' | 'minute' | 'hour' | 'day';

/** How a language writes numbers, durations, times and lists. A number and its unit stay in one line. */
export interface Formats {
  /** `65,536` */
  number(value: number): string;
  /** `5 seconds`, `1 minute`, `8 hours`; in the largest unit that fits, and never less than one second. */
  duration(seconds: number): string;
  /** As `duration`, rounded down so that nobody counts on more. */
  timeLeft(seconds: number): string;
  /** `2 minutes ago` */
  ago(seconds: number): string;
  /** `in 9 minutes`, rounded down. */
  within(seconds: number): string;
  /** The time of day of an instant, in UTC: `14:03`. */
  clockTime(instantMs: number): string;
  /** `A, B and C` */
  list(items: readonly Html[]): Html;
}

/**
 * Makes the formats of a language by what the platform knows of it (ECMA-402).
 *
 * @param locale - BCP 47 language tag, with a region where the regions differ
 */
export function formatsOf(locale: string): Formats {
  // Each formatter is made when it is first wanted, as making one takes longer than using it a thousand times.
  const numbers = once(() => new Intl.NumberFormat(locale));
  const relative = once(() => new Intl.RelativeTimeFormat(locale));
  const lists = once(() => new Intl.ListFormat(locale));
  const times = once(
    () =>
      new Intl.DateTimeFormat(locale, {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: 'UTC',
      }),
  );
  const durations = {
    second: once(() => durationFormat(locale, 'second')),
    minute: once(() => durationFormat(locale, 'minute')),
    hour: once(() => durationFormat(locale, 'hour')),
    day: once(() => durationFormat(locale, 'day')),
  };
  const renderDuration = ([value, unit]: readonly [number, Unit]) => bind(durations[unit]().format(value));
  const renderRelative = (value: number, unit: Unit) => bind(relative().format(value, unit));
  return {
    number: (value) => numbers().format(value),
    duration: (seconds) => renderDuration(inLargestUnit(seconds, Math.round)),
    timeLeft: (seconds) => renderDuration(inLargestUnit(seconds, Math.floor)),
    ago(seconds) {
      const [value, unit] = inLargestUnit(seconds, Math.round);
      return renderRelative(-value, unit);
    },
    within: (seconds) => renderRelative(...inLargestUnit(seconds, Math.floor)),
    clockTime: (instantMs) => times().format(instantMs),
    list(items) {
      // Intl joins texts: the places of the items are joined, and the items then put there.
      const parts = lists().formatToParts(items.map((_, index) => String(index)));
      return html`${parts.map(({ type, value }) => (type === 'element' ? items[Number(value)] : value))}`;
    },
  };
}

/** Marks text as an instant, which programs read exactly. */
export function renderTime(instantMs: number, text: string): Html {
  return html`<time datetime="${new Date(instantMs).toISOString()}">${text}</time>`;
}

function inLargestUnit(seconds: number, round: (value: number) => number): [number, Unit] {
  if (seconds < 60) return [Math.max(1, round(seconds)), 'second'];
  if (seconds < 3600) return [round(seconds / 60), 'minute'];
  if (seconds < 2 * 86_400) return [round(seconds / 3600), 'hour'];
  return [round(seconds / 86_400), 'day'];
}

function durationFormat(locale: string, unit: Unit): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
}

/** Keeps each number and the word after it in one line. */
function bind(text: string): string {
  return text.replaceAll(/(?<=\d) /g, '\u00a0');
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
