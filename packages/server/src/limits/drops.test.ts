import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DropReport, Drops } from './drops.ts';

test('every drop is counted, and the log has a line a minute at most, which says how many there were', () => {
  let nowMs = Date.parse('2026-01-01T00:00:00Z');
  let counted = 0;
  const lines: Parameters<DropReport['log']>[0][] = [];
  const drops = new Drops({
    count: () => {
      counted += 1;
    },
    log: (line) => lines.push(line),
    now: () => nowMs,
  });
  for (let index = 0; index < 1000; index += 1) {
    drops.record('passwordCheck', `192.0.2.${index % 7}`);
    nowMs += 100;
  }
  nowMs += 60_000;
  drops.record('passwordCheck', '192.0.2.9');
  assert.equal(counted, 1001);
  assert.deepEqual(lines, [
    { dropped: 'passwordCheck', count: 1, address: '192.0.2.0' },
    { dropped: 'passwordCheck', count: 600, address: '192.0.2.5' },
    { dropped: 'passwordCheck', count: 400, address: '192.0.2.9' },
  ]);
});

test('a clock that is set back does not silence the log', () => {
  let nowMs = Date.parse('2026-01-01T00:00:00Z');
  let lines = 0;
  const drops = new Drops({
    count() {},
    log: () => {
      lines += 1;
    },
    now: () => nowMs,
  });
  drops.record('passwordCheck', '192.0.2.1');
  nowMs -= 3_600_000;
  drops.record('passwordCheck', '192.0.2.1');
  assert.equal(lines, 2);
});
