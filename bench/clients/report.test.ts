import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures } from '../measurements/figures.ts';
import type { ClientMeasure, SideName } from './figures.ts';
import { renderClientReport } from './report.ts';

test('Latchkey is held to its share of the figure of the SDK', () => {
  const figures = figuresOf([
    ['sts import ms', 'latchkey', 20],
    ['sts import ms', 'sdk', 80],
    ['sts calls per second', 'aws4fetch', 3000],
    ['sts calls per second', 'latchkey', 5000],
    ['sts calls per second', 'sdk', 1000],
  ]);
  assert.equal(
    renderClientReport(figures),
    [
      '|                               | latchkey | SDK v3 | aws-lite | aws4fetch | ratio to SDK v3, or (target) |',
      '| ----------------------------- | -------: | -----: | -------: | --------: | ---------------------------: |',
      '| sts: import and construct, ms |     20.0 |   80.0 |          |           |              ✗ 0.25 (≤ 0.15) |',
      '| sts: calls/s                  |    5,000 |  1,000 |          |     3,000 |                    5.0 (≥ 4) |',
    ].join('\n'),
  );
});

test('what only Latchkey does is held to a figure of its own', () => {
  const figures = figuresOf([
    ['generate s3 ms', 'latchkey', 250],
    ['packages', 'latchkey', 1],
    ['packages', 'sdk', 24],
    ['sts bundle for browsers bytes', 'latchkey', 20_000],
  ]);
  const [, , ...rows] = renderClientReport(figures).split('\n');
  assert.deepEqual(rows, [
    '| sts: bundle for browsers, kB |     20.0 |        |          |           |                   ✗ (≤ 16.0) |',
    '| packages                     |        1 |     24 |          |           |                        (≤ 1) |',
    '| generate s3, ms              |      250 |        |          |           |                    ✗ (≤ 200) |',
  ]);
});

function figuresOf(
  all: readonly (readonly [ClientMeasure, SideName, number])[],
): Figures<ClientMeasure, SideName> {
  const figures = new Figures<ClientMeasure, SideName>();
  for (const [measure, side, value] of all) figures.add(measure, side, value);
  return figures;
}
