import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures, type Measure, type ServiceName } from '../measurements/figures.ts';
import { renderReport } from './report.ts';
import { linesFor } from './targets.ts';

const services: readonly ServiceName[] = ['latchkey', 'postgresql', 'peer', 'peer-grouped', 'limit'];

test('Latchkey is compared with the peer both ways, and held to its targets by the plain one', () => {
  const figures = figuresOf('refreshes per second', {
    latchkey: 7000,
    peer: 700,
    'peer-grouped': 1400,
    limit: 9_600,
  });
  assert.equal(
    renderReport(figures, services, 10),
    [
      '|             | latchkey | peer | peer, grouped | limit | over the peer | grouped | of the limit |',
      '| ----------- | -------: | ---: | ------------: | ----: | ------------: | ------: | -----------: |',
      '| refreshes/s |    7,000 |  700 |         1,400 | 9,600 | ✗ 10.0 (≥ 11) |     5.0 | 0.73 (≥ 0.7) |',
    ].join('\n'),
  );
});

test('what was not measured of a service has no column, nor a ratio', () => {
  const figures = figuresOf('polls per second', { latchkey: 9000, peer: 3000 });
  const [header, , row] = renderReport(figures, services, 10).split('\n');
  assert.equal(header, '|                 | latchkey |  peer | over the peer |');
  assert.equal(row, '| pending polls/s |    9,000 | 3,000 |   3.0 (≥ 2.4) |');
});

test("with its store in PostgreSQL, Latchkey's processor time is held to a target over that with SQLite", () => {
  const figures = figuresOf('refreshes cpu ms', { latchkey: 0.15, postgresql: 0.3 });
  assert.equal(
    renderReport(figures, ['latchkey', 'postgresql'], 10),
    [
      '|                           | SQLite | PostgreSQL |   over SQLite |',
      '| ------------------------- | -----: | ---------: | ------------: |',
      '| - processor time each, ms |  0.150 |      0.300 | ✗ 2.0 (≤ 1.6) |',
    ].join('\n'),
  );
});

test('beside peers, the figures with PostgreSQL stand in a table of their own', () => {
  const figures = figuresOf('polls per second', { latchkey: 9000, postgresql: 6000, peer: 3000 });
  const headers = renderReport(figures, services, 10)
    .split('\n\n')
    .map((table) => table.split('\n')[0]);
  assert.deepEqual(headers, [
    '|                 | latchkey |  peer | over the peer |',
    '|                 | SQLite | PostgreSQL | over SQLite |',
  ]);
});

test('the whole table fits into 120 columns', () => {
  const figures = new Figures();
  for (const { measure } of linesFor(100_000)) {
    const value = measure.endsWith('bytes') ? 999_900_000 : 99_999;
    for (const [rank, service] of services.entries()) figures.add(measure, service, value * 0.54 ** rank);
  }
  for (const line of renderReport(figures, services, 100_000).split('\n')) {
    assert.ok(line.length <= 120, `${line.length}: ${line}`);
  }
});

function figuresOf(measure: Measure, values: Partial<Record<ServiceName, number>>): Figures {
  const figures = new Figures();
  for (const service of services) {
    const value = values[service];
    if (value !== undefined) figures.add(measure, service, value);
  }
  return figures;
}
