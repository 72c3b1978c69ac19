import { type Figures, jobNames, type ServiceName } from '../measurements/figures.ts';
import { renderTable } from './table.ts';
import { type Line, linesFor, renderRatio, type Target } from './targets.ts';

/** A figure of the service in question divided by that of another. */
interface Ratio {
  readonly title: string;
  readonly of: ServiceName;
  readonly target: (line: Line) => Target | undefined;
}

/** A table: services beside each other, and ratios of one of them over others. */
interface Comparison {
  readonly columns: readonly { readonly service: ServiceName; readonly title: string }[];
  /** The service that the ratios are of. */
  readonly service: ServiceName;
  readonly ratios: readonly Ratio[];
}

/** Targets are for the peer with single commits, as adapters are usually written. */
const withPeers: Comparison = {
  columns: [
    { service: 'latchkey', title: 'latchkey' },
    { service: 'peer', title: 'peer' },
    { service: 'peer-grouped', title: 'peer, grouped' },
    { service: 'limit', title: 'limit' },
  ],
  service: 'latchkey',
  ratios: [
    { title: 'over the peer', of: 'peer', target: ({ overPeer }) => overPeer },
    { title: 'grouped', of: 'peer-grouped', target: () => undefined },
    { title: 'of the limit', of: 'limit', target: ({ ofLimit }) => ofLimit },
  ],
};

const ofStores: Comparison = {
  columns: [
    { service: 'latchkey', title: 'SQLite' },
    { service: 'postgresql', title: 'PostgreSQL' },
  ],
  service: 'postgresql',
  ratios: [{ title: 'over SQLite', of: 'latchkey', target: ({ overSqlite }) => overSqlite }],
};

/**
 * Renders the figures, with ratios and targets: a table of Latchkey beside the others, and one of its stores where PostgreSQL was
 * measured. A measure without figures has no line, and a service without figures no column.
 */
export function renderReport(figures: Figures, services: readonly ServiceName[], sessions: number): string {
  const lines = linesFor(sessions);
  const measured = services.filter((service) =>
    lines.some(({ measure }) => figures.median(measure, service) !== undefined),
  );
  const tables = measured.includes('postgresql') ? [ofStores] : [];
  // Latchkey alone would stand in both.
  if (tables.length === 0 || measured.some((each) => each !== 'latchkey' && each !== 'postgresql')) {
    tables.unshift(withPeers);
  }
  return tables.map((table) => renderComparison(table, lines, figures, measured)).join('\n\n');
}

function renderComparison(
  { columns, service, ratios }: Comparison,
  lines: readonly Line[],
  figures: Figures,
  measured: readonly ServiceName[],
): string {
  const shown = columns.filter((column) => measured.includes(column.service));
  const compared = measured.includes(service) ? ratios.filter(({ of }) => measured.includes(of)) : [];
  const value = ({ measure }: Line, of: ServiceName) => figures.median(measure, of);
  const rows = lines.flatMap((line) => {
    const values = shown.map((column) => value(line, column.service));
    if (values.every((each) => each === undefined)) return [];
    const figureCells = values.map((each) => (each === undefined ? '' : line.render(each)));
    const ratioCells = compared.map(({ of, target }) => {
      const [own, other] = [value(line, service), value(line, of)];
      return own === undefined || other === undefined ? '' : renderRatio(own / other, target(line));
    });
    return [[line.label, ...figureCells, ...ratioCells]];
  });
  const header = ['', ...shown.map(({ title }) => title), ...compared.map(({ title }) => title)];
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
