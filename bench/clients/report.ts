import { renderTable } from '../report/table.ts';
import { renderRatio, type Target } from '../report/targets.ts';
import type { ClientFigures } from './figures.ts';
import { clientLines } from './targets.ts';

/** Renders the table of all figures, with targets. A measure without figures has no line. */
export function renderClientReport(figures: ClientFigures): string {
  const rows = clientLines.flatMap(({ label, measure, render, ratio, absolute }) => {
    const own = figures.median(measure, 'latchkey');
    if (own === undefined) return [];
    const other = figures.median(measure, 'sdk');
    const verdict =
      other === undefined || absolute !== undefined
        ? absolute && bound(own, absolute, render)
        : renderRatio(own / other, ratio);
    const others = (['sdk', 'aws-lite', 'aws4fetch'] as const).map((side) => {
      const value = figures.median(measure, side);
      return value === undefined ? '' : render(value);
    });
    return [[label, render(own), ...others, verdict ?? '']];
  });
  const header = ['', 'latchkey', 'SDK v3', 'aws-lite', 'aws4fetch', 'ratio to SDK v3, or (target)'];
  return renderTable(header, rows);
}

function bound(value: number, target: Target, render: (value: number) => string): string {
  const [met, goal] =
    'atMost' in target
      ? [value <= target.atMost, `≤ ${render(target.atMost)}`]
      : [value >= target.atLeast, `≥ ${render(target.atLeast)}`];
  return `${met ? '' : '✗ '}(${goal})`;
}
