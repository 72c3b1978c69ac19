import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDuration, renderDeadline, renderInstant } from './time.ts';

test('a moment is shown both as people say it and exactly', () => {
  const nowMs = Date.parse('2026-01-01T14:05:10.250Z');
  assert.equal(
    renderInstant(nowMs - 130_000, nowMs).toString(),
    '<time datetime="2026-01-01T14:03:00.250Z">2 minutes ago, at 14:03 UTC</time>',
  );
  assert.match(renderInstant(nowMs - 1_000, nowMs).toString(), />just now, at 14:05 UTC</);
});

test('an instant to come is shown with the time that is left until it, never more than there is', () => {
  const endMs = Date.parse('2026-01-01T13:31:30.000Z');
  const shown = (leftSeconds: number) => renderDeadline(endMs, endMs - leftSeconds * 1000).toString();
  assert.equal(shown(599), '<time datetime="2026-01-01T13:31:30.000Z">in 9 minutes, at 13:31 UTC</time>');
  for (const [leftSeconds, words] of [
    [600, 'in 10 minutes'],
    [119, 'in 1 minute'],
    [59.9, 'in 59 seconds'],
    [0.2, 'in 1 second'],
    [3_599, 'in 59 minutes'],
    [7_199, 'in 1 hour'],
  ] as const) {
    assert.ok(shown(leftSeconds).includes(`>${words}, at 13:31 UTC<`), words);
  }
});

test('a duration is said in the largest unit that fits', () => {
  const cases = [
    [0, '1 second'],
    [45, '45 seconds'],
    [60, '1 minute'],
    [890, '15 minutes'],
    [3_600, '1 hour'],
    [28_800, '8 hours'],
    [7_776_000, '90 days'],
  ] as const;
  for (const [seconds, words] of cases) assert.equal(describeDuration(seconds), words);
});
