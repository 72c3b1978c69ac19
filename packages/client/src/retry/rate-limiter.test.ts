import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimiter } from './rate-limiter.ts';

/** Sends as fast as the limiter lets it, five requests a second at most, and returns how many that were. */
function send(
  limiter: RateLimiter,
  fromMs: number,
  untilMs: number,
  isThrottled: (nowMs: number) => boolean,
) {
  let sent = 0;
  let nowMs = fromMs;
  while (nowMs < untilMs) {
    nowMs += limiter.take(nowMs);
    limiter.answered(isThrottled(nowMs), nowMs);
    sent += 1;
    nowMs += 200;
  }
  return sent;
}

test('requests do not wait before the first throttling', () => {
  const limiter = new RateLimiter(0);
  send(limiter, 0, 2000, () => false);
  assert.equal(limiter.take(2000), 0);
});

test('a client settles near the rate that a service takes, and goes faster when it takes more', () => {
  const limiter = new RateLimiter(0);
  let lastMs = 0;
  const takesTwoASecond = (nowMs: number) => {
    const isThrottled = nowMs - lastMs < 500;
    if (!isThrottled) lastMs = nowMs;
    return isThrottled;
  };
  send(limiter, 0, 10_000, takesTwoASecond);
  const settled = send(limiter, 10_000, 70_000, takesTwoASecond) / 60;
  assert.ok(settled > 1.5 && settled < 3, `${settled} a second`);
  send(limiter, 70_000, 90_000, () => false);
  assert.equal(
    send(limiter, 90_000, 100_000, () => false),
    50,
  );
});

test('a client that is throttled all the time still sends a request every two seconds', () => {
  const limiter = new RateLimiter(0);
  send(limiter, 0, 60_000, () => true);
  const sent = send(limiter, 60_000, 80_000, () => true);
  assert.ok(sent >= 9 && sent <= 12, `${sent} in twenty seconds`);
});
