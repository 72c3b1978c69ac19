import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderLineChart } from './line-chart.ts';

const chart = renderLineChart({
  title: 'Cost of A & B',
  x: { label: 'sessions', scale: 'log' },
  y: { label: 'µs' },
  lines: [
    {
      label: 'A',
      points: [
        [1_000, 50],
        [100_000, 75],
        [10_000_000, 100],
      ],
    },
  ],
});

test('a chart begins at 0, and ends at a round number that no point is above', () => {
  assert.match(chart, /M64 344L|M64 196L292 122L520 48/);
  for (const tick of ['>0<', '>20<', '>100<', '>1,000<', '>10,000,000<'])
    assert.ok(chart.includes(tick), tick);
});

test('texts of a chart are no markup', () => {
  assert.match(chart, /aria-label="Cost of A &amp; B"/);
});
