import type { Measure } from '../measurements/figures.ts';

/** Target of a figure, or of a ratio of two figures. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A line of the table. */
export interface Line {
  readonly label: string;
  readonly measure: Measure;
  readonly render: (value: number) => string;
  readonly overPeer?: Target;
  readonly ofLimit?: Target;
  readonly overSqlite?: Target;
}

const perSecond = (value: number): string => Math.round(value).toLocaleString('en');
const ms = (value: number): string =>
  value < 100 ? value.toPrecision(3) : Math.round(value).toLocaleString('en');
const megabytes = (value: number): string => (value / 1e6).toFixed(1);

/** All lines in the order in which they are printed, with targets where there are any. */
export function linesFor(sessions: number): readonly Line[] {
  const many = sessions.toLocaleString('en');
  const ofLimit = { atLeast: 0.7 };
  const overSqlite = { atMost: 1.6 };
  return [
    {
      label: 'whole device sign-ins/s',
      measure: 'sign-ins per second',
      render: perSecond,
      overPeer: { atLeast: 4.5 },
      ofLimit,
    },
    { label: '- p50, ms', measure: 'sign-ins p50 ms', render: ms },
    { label: '- p99, ms', measure: 'sign-ins p99 ms', render: ms },
    { label: '- processor time each, ms', measure: 'sign-ins cpu ms', render: ms },
    {
      label: 'refreshes/s',
      measure: 'refreshes per second',
      render: perSecond,
      overPeer: { atLeast: 11 },
      ofLimit,
    },
    { label: '- p50, ms', measure: 'refreshes p50 ms', render: ms },
    { label: '- p99, ms', measure: 'refreshes p99 ms', render: ms },
    { label: '- processor time each, ms', measure: 'refreshes cpu ms', render: ms, overSqlite },
    {
      label: '- p99 at half capacity, ms',
      measure: 'refresh at half capacity p99 ms',
      render: ms,
      ofLimit: { atMost: 2 },
    },
    {
      label: 'pending polls/s',
      measure: 'polls per second',
      render: perSecond,
      overPeer: { atLeast: 2.4 },
      ofLimit,
    },
    { label: '- p50, ms', measure: 'polls p50 ms', render: ms },
    { label: '- p99, ms', measure: 'polls p99 ms', render: ms },
    { label: '- processor time each, ms', measure: 'polls cpu ms', render: ms, overSqlite },
    {
      label: 'token checks/s',
      measure: 'checks per second',
      render: perSecond,
      overPeer: { atLeast: 1.9 },
      ofLimit,
    },
    { label: '- p50, ms', measure: 'checks p50 ms', render: ms },
    { label: '- p99, ms', measure: 'checks p99 ms', render: ms },
    { label: '- processor time each, ms', measure: 'checks cpu ms', render: ms, overSqlite },
    {
      label: 'start to first answer, ms',
      measure: 'start ms',
      render: ms,
      overPeer: { atMost: 0.6 },
      ofLimit: { atMost: 2 },
    },
    {
      label: 'memory after start, MB',
      measure: 'memory after start bytes',
      render: megabytes,
      overPeer: { atMost: 0.9 },
    },
    {
      label: `+ ${many} sessions, MB`,
      measure: 'memory growth bytes',
      render: megabytes,
      overPeer: { atMost: 0.3 },
    },
    {
      label: `disk, ${many} sessions, MB`,
      measure: 'disk bytes',
      render: megabytes,
      overPeer: { atMost: 0.25 },
    },
  ];
}

/** Renders a ratio with its target, e.g. `0.72 (≥ 0.7)`; a missed target is marked: `✗ 0.65 (≥ 0.7)`. */
export function renderRatio(ratio: number, target: Target | undefined): string {
  const rendered = ratio.toPrecision(ratio < 10 ? 2 : 3);
  if (target === undefined) return rendered;
  const [met, goal] =
    'atLeast' in target
      ? [ratio >= target.atLeast, `≥ ${target.atLeast}`]
      : [ratio <= target.atMost, `≤ ${target.atMost}`];
  return `${met ? '' : '✗ '}${rendered} (${goal})`;
}
