import type { Target } from '../report/targets.ts';
import { type ComparedCall, calls } from './calls.ts';
import type { ClientMeasure } from './figures.ts';

/** A line of the table. */
export interface ClientLine {
  readonly label: string;
  readonly measure: ClientMeasure;
  readonly render: (value: number) => string;
  /** Target of the ratio to the SDK's figure. */
  readonly ratio?: Target;
  /** Target of Latchkey's own figure. */
  readonly absolute?: Target;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const ms = (value: number): string => (value < 100 ? value.toPrecision(3) : whole(value));
const kilobytes = (value: number): string => (value / 1000).toFixed(1);
const megabytes = (value: number): string => (value / 1e6).toFixed(2);

/** S3 and SSO OIDC have none for Node. */
const atMostInNode = (service: ComparedCall['service']): Target | undefined =>
  service === 'dynamodb' || service === 'sts' ? { atMost: 29_000 } : undefined;
const atMostInBrowsers = (service: ComparedCall['service']): Target => ({
  atMost: service === 's3' ? 27_000 : 16_000,
});
const timesTheCalls = (service: ComparedCall['service']): Target => ({
  atLeast: service === 'sts' || service === 'sso-oidc' ? 4 : 3,
});

/** All lines in the order in which they are printed, with targets where there are any. */
export const clientLines: readonly ClientLine[] = [
  ...eachCall('bundle for Node, kB', 'bundle for Node bytes', kilobytes, { absolute: atMostInNode }),
  ...eachCall('bundle for browsers, kB', 'bundle for browsers bytes', kilobytes, {
    absolute: atMostInBrowsers,
  }),
  ...eachCall('split for Node, loaded, kB', 'loaded of a split bundle bytes', kilobytes),
  ...eachCall('import and construct, ms', 'import ms', ms, { ratio: () => ({ atMost: 0.15 }) }),
  ...eachCall('first answer, ms', 'first answer ms', ms, { ratio: () => ({ atMost: 0.3 }) }),
  ...eachCall('calls/s', 'calls per second', whole, { ratio: timesTheCalls }),
  ...eachCall('processor time a call, ms', 'cpu ms', ms, { ratio: () => ({ atMost: 0.3 }) }),
  ...eachCall('installed, MB', 'installed bytes', megabytes, { ratio: () => ({ atMost: 0.05 }) }),
  {
    label: 'all of these installed, MB',
    measure: 'installed bytes',
    render: megabytes,
    ratio: { atMost: 0.05 },
  },
  { label: 'packages', measure: 'packages', render: whole, absolute: { atMost: 1 } },
  { label: 'generate sso-oidc, ms', measure: 'generate sso-oidc ms', render: ms, absolute: { atMost: 20 } },
  { label: 'generate s3, ms', measure: 'generate s3 ms', render: ms, absolute: { atMost: 200 } },
  { label: 'generate all, ms', measure: 'generate all ms', render: ms, absolute: { atMost: 90_000 } },
  {
    label: 'first module of a fresh server, ms',
    measure: 'first module ms',
    render: ms,
    absolute: { atMost: 600 },
  },
  {
    label: 'cold import by URL, ms',
    measure: 'cold import by URL ms',
    render: ms,
    absolute: { atMost: 300 },
  },
  ...eachCall('module with docs, kB', 'module bytes', kilobytes),
  ...eachCall('the same in brotli, kB', 'module compressed bytes', kilobytes),
];

/** Targets of one line for each call. */
interface EachCall {
  readonly ratio?: (service: ComparedCall['service']) => Target;
  readonly absolute?: (service: ComparedCall['service']) => Target | undefined;
}

type Suffix<Measure> = Measure extends `${ComparedCall['service']} ${infer Rest}` ? Rest : never;

function eachCall(
  label: string,
  measure: Suffix<ClientMeasure>,
  render: ClientLine['render'],
  { ratio, absolute }: EachCall = {},
): readonly ClientLine[] {
  return calls.map(({ service }) => {
    const own = absolute?.(service);
    return {
      label: `${service}: ${label}`,
      measure: `${service} ${measure}`,
      render,
      ...(ratio && { ratio: ratio(service) }),
      ...(own && { absolute: own }),
    };
  });
}
