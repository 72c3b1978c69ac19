import type { Figures, ServiceName } from '../measurements/figures.ts';
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
