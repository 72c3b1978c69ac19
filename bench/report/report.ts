import { type Figures, jobNames, type ServiceName } from '../measurements/figures.ts';
import { renderTable } from './table.ts';
import { linesFor, renderRatio } from './targets.ts';

/** The table of all that was measured: each figure beside those it is compared with, ratios and targets. */
export function renderReport(figures: Figures, services: readonly ServiceName[], sessions: number): string {
  const rows = linesFor(sessions).flatMap(({ label, measure, render, overPeer, ofLimit }) => {
    const value = (service: ServiceName) => figures.median(measure, service);
    if (services.every((service) => value(service) === undefined)) return [];
    const ratio = (of: ServiceName, target: typeof overPeer) => {
      const [own, other] = [value('latchkey'), value(of)];
      return own === undefined || other === undefined ? '' : renderRatio(own / other, target);
    };
    const cells = services.map((service) => {
      const own = value(service);
      return own === undefined ? '' : render(own);
    });
    return [[label, ...cells, ratio('oidc-provider', overPeer), ratio('limit', ofLimit)]];
  });
  return renderTable(['', ...services, 'over the peer', 'of the limit'], rows);
}

/** Busier than this, the load may have waited for itself rather than for the server. */
const loadBusyLimit = 0.85;

/**
 * Says how busy the load was at its busiest: whether the figures are those of the servers.
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
