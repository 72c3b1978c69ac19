import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Credentials } from './credentials.ts';
import { refreshing } from './refreshing.ts';

const minuteMs = 60_000;

/** A source that gives a new key each time, good for an hour, or fails when told to. */
function startSource(lifeMs: number | undefined = 60 * minuteMs) {
  const source = {
    nowMs: Date.parse('2026-01-01T00:00:00Z'),
    asked: 0,
    failure: undefined as Error | undefined,
  };
  const provider = refreshing(async (): Promise<Credentials> => {
    source.asked += 1;
    if (source.failure !== undefined) throw source.failure;
    const expiration = lifeMs && { expiration: new Date(source.nowMs + lifeMs) };
    return { accessKeyId: `key ${source.asked}`, secretAccessKey: 'secret', ...expiration };
  });
  const key = async () => (await provider({ now: () => source.nowMs })).accessKeyId;
  return Object.assign(source, { key });
}

suite('refreshing', () => {
  test('asks once until five minutes before the credentials expire', async () => {
    const source = startSource();
    assert.equal(await source.key(), 'key 1');
    source.nowMs += 55 * minuteMs - 1;
    assert.equal(await source.key(), 'key 1');
    source.nowMs += 1;
    assert.equal(await source.key(), 'key 2');
  });

  test('asks once for all callers that come while the source is being asked', async () => {
    const source = startSource();
    assert.deepEqual(await Promise.all([source.key(), source.key(), source.key()]), [
      'key 1',
      'key 1',
      'key 1',
    ]);
    assert.equal(source.asked, 1);
  });

  test('gives nothing that has expired, however soon that was', async () => {
    const source = startSource(10_000);
    assert.equal(await source.key(), 'key 1');
    source.nowMs += 10_000;
    assert.equal(await source.key(), 'key 2');
  });

  test('never asks again for credentials that do not expire', async () => {
    const source = startSource(0);
    await source.key();
    source.nowMs += 1_000_000 * minuteMs;
    assert.equal(await source.key(), 'key 1');
  });

  test('goes on with what it has while the source fails, and tries it every half minute', async () => {
    const source = startSource();
    await source.key();
    source.nowMs += 56 * minuteMs;
    source.failure = new Error('out of order');
    assert.equal(await source.key(), 'key 1');
    assert.equal(await source.key(), 'key 1');
    assert.equal(source.asked, 2);
    source.nowMs += minuteMs / 2;
    source.failure = undefined;
    assert.equal(await source.key(), 'key 3');
  });

  test('fails once the credentials have expired and the source still fails, and recovers with it', async () => {
    const source = startSource();
    await source.key();
    source.failure = new Error('out of order');
    source.nowMs += 60 * minuteMs;
    await assert.rejects(source.key(), source.failure);
    source.failure = undefined;
    assert.equal(await source.key(), 'key 3');
  });

  test('does not ask at every call when the source gives credentials that are about to expire', async () => {
    const source = startSource(minuteMs);
    await source.key();
    await source.key();
    assert.equal(source.asked, 1);
    source.nowMs += minuteMs / 2;
    assert.equal(await source.key(), 'key 2');
  });
});
