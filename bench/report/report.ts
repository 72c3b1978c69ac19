import { type Figures, jobNames, type ServiceName } from '../measurements/figures.ts';
import { renderTable } from './table.ts';
import { type Line, linesFor, renderRatio, type Target } from './targets.ts';

const titles: Readonly<Record<ServiceName, string>> = {
  latchkey: 'latchkey',
  peer: 'peer',
  'peer-grouped': 'peer, grouped',
  limit: 'limit',
};

/** Latchkey's figure divided by that of another service. Targets are for the peer with single commits, as adapters are usually written. */
interface Ratio {
  readonly title: string;
  readonly of: ServiceName;
  readonly target: (line: Line) => Target | undefined;
}

const ratios: readonly Ratio[] = [
  { title: 'over the peer', of: 'peer', target: ({ overPeer }) => overPeer },
  { title: 'grouped', of: 'peer-grouped', target: () => undefined },
  { title: 'of the limit', of: 'limit', target: ({ ofLimit }) => ofLimit },
];

/**
 * Renders the table of all figures, with ratios and targets. A measure without figures has no line, and a service without
 * figures no column.
 */
export function renderReport(figures: Figures, services: readonly ServiceName[], sessions: number): string {
  const value = ({ measure }: Line, service: ServiceName) => figures.median(measure, service);
  const lines = linesFor(sessions).filter((line) =>
    services.some((service) => value(line, service) !== undefined),
  );
  const columns = services.filter((service) => lines.some((line) => value(line, service) !== undefined));
  const compared = columns.includes('latchkey') ? ratios.filter(({ of }) => columns.includes(of)) : [];

  const rows = lines.map((line) => {
    const figureCells = columns.map((service) => {
      const own = value(line, service);
      return own === undefined ? '' : line.render(own);
    });
    const ratioCells = compared.map(({ of, target }) => {
      const [own, other] = [value(line, 'latchkey'), value(line, of)];
      return own === undefined || other === undefined ? '' : renderRatio(own / other, target(line));
    });
    return [line.label, ...figureCells, ...ratioCells];
  });
  const header = ['', ...columns.map((service) => titles[service]), ...compared.map(({ title }) => title)];
  return renderTable(header, rows);
}

/** Limit of the load generator's own busy time: above it, the load may have been the bottleneck, not the server. */
const loadBusyLimit = 0.85;

/**
 * Renders how busy the load generator was at most, which shows whether the figures are those of the servers.
 *
 * @returns nothing when no load was measured
 */
export function renderLoadCheck(figures: Figures, services: readonly ServiceName[]): readonly string[] {
  const shares = jobNames.flatMap((job) =>
    services.map((service) => figures.median(`${job} load busy`, service) ?? 0),
  );
  const busiest = Math.max(...shares);
  if (busiest === 0) return [];
  const verdict = busiest > loadBusyLimit ? ': it held the fastest server back' : '';
  return [`the load was busy for ${Math.round(busiest * 100)} % of the time at most${verdict}`];
}
