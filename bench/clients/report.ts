import { renderTable } from '../report/table.ts';
import { renderRatio } from '../report/targets.ts';
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
        ? absolute && bound(own, absolute)
        : renderRatio(own / other, ratio);
    return [[label, render(own), other === undefined ? '' : render(other), verdict ?? '']];
  });
  return renderTable(['', 'latchkey', 'SDK v3', 'ratio, or (target)'], rows);
}

function bound(value: number, target: { readonly atMost: number } | { readonly atLeast: number }): string {
  const [met, goal] =
    'atMost' in target
      ? [value <= target.atMost, `≤ ${target.atMost}`]
      : [value >= target.atLeast, `≥ ${target.atLeast}`];
  return `${met ? '' : '✗ '}(${goal})`;
}
