import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Renders how long ago an instant of today was, and its time: `2 minutes ago, at 14:03 UTC`. */
export function renderInstant(instantMs: number, nowMs: number): Html {
  const exact = new Date(instantMs).toISOString();
  return html`<time datetime="${exact}">${describeAge(nowMs - instantMs)}, at ${describeTime(instantMs)}</time>`;
}

/** Renders how soon an instant within a day comes, rounded down, and its time: `in 9 minutes, at 14:12 UTC`. */
export function renderDeadline(instantMs: number, nowMs: number): Html {
  const exact = new Date(instantMs).toISOString();
  return html`<time datetime="${exact}">in ${describeTimeLeft(instantMs, nowMs)}, at ${describeTime(instantMs)}</time>`;
}

/** How long it is until an instant, rounded down so that nobody counts on more: `9 minutes`. */
export function describeTimeLeft(instantMs: number, nowMs: number): string {
  return describeDuration((instantMs - nowMs) / 1000, Math.floor);
}

/** The time of day of an instant: `14:03 UTC`. */
export function describeTime(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(11, 16)} UTC`;
}

/** `5 seconds`, `1 minute`, `8 hours`; rounded to the largest unit that fits, never less than one second. */
export function describeDuration(seconds: number, round: (value: number) => number = Math.round): string {
  if (seconds < 60) return count(Math.max(1, round(seconds)), 'second');
  if (seconds < 3600) return count(round(seconds / 60), 'minute');
  if (seconds < 2 * 86_400) return count(round(seconds / 3600), 'hour');
  return count(round(seconds / 86_400), 'day');
}

function describeAge(ageMs: number): string {
  return ageMs < 5_000 ? 'just now' : `${describeDuration(ageMs / 1000)} ago`;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
