import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures } from '../measurements/figures.ts';
import type { ClientMeasure, SideName } from './figures.ts';
import { renderClientReport } from './report.ts';

test('Latchkey is held to its share of the figure of the SDK', () => {
  const figures = figuresOf([
    ['sts bundle for Node bytes', 'latchkey', 20_000],
    ['sts bundle for Node bytes', 'sdk', 130_000],
    ['sts calls per second', 'latchkey', 5000],
    ['sts calls per second', 'sdk', 1000],
  ]);
  assert.equal(
    renderClientReport(figures),
    [
      '|                          | latchkey | SDK v3 | ratio, or (target) |',
      '| ------------------------ | -------: | -----: | -----------------: |',
      '| sts: bundle for Node, kB |     20.0 |  130.0 |    ✗ 0.15 (≤ 0.15) |',
      '| sts: calls/s             |    5,000 |  1,000 |          5.0 (≥ 4) |',
    ].join('\n'),
  );
});

test('what only Latchkey does is held to a figure of its own', () => {
  const figures = figuresOf([
    ['generate s3 ms', 'latchkey', 250],
    ['packages', 'latchkey', 1],
    ['packages', 'sdk', 24],
  ]);
  const [, , ...rows] = renderClientReport(figures).split('\n');
  assert.deepEqual(rows, [
    '| packages        |        1 |     24 |              (≤ 1) |',
    '| generate s3, ms |      250 |        |          ✗ (≤ 200) |',
  ]);
});

test('an unsigned call is measured and held to nothing', () => {
  const figures = figuresOf([
    ['sso-oidc cpu ms', 'latchkey', 0.4],
    ['sso-oidc cpu ms', 'sdk', 0.5],
  ]);
  assert.match(renderClientReport(figures), / 0\.80 \|$/);
});

function figuresOf(
  all: readonly (readonly [ClientMeasure, SideName, number])[],
): Figures<ClientMeasure, SideName> {
  const figures = new Figures<ClientMeasure, SideName>();
  for (const [measure, side, value] of all) figures.add(measure, side, value);
  return figures;
}
