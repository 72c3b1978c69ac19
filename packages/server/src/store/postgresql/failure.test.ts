import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StoreUnavailable } from '../store-unavailable.ts';
import { failureKindOf, failureKinds, StatementFailure, settle } from './failure.ts';

const failure = (sqlState: string | undefined, isSent = true) =>
  new StatementFailure('x', { sqlState, isSent });
const repeat = { afterLoss: 'repeat' } as const;
const giveUp = { afterLoss: 'giveUp' } as const;
const first = { tries: 1, sinceMs: 0 };

describe('the contract of failures', () => {
  test('no code is in two kinds', () => {
    const codes = failureKinds.flatMap(({ sqlStates }) => sqlStates);
    assert.equal(new Set(codes).size, codes.length);
  });

  test('a code counts before its class, and a code that nobody knows is an answer to the statement', () => {
    assert.equal(failureKindOf(failure('53300')).name, 'unreachable');
    assert.equal(failureKindOf(failure('53999')).name, 'exhausted');
    assert.equal(failureKindOf(failure('08P01')).name, 'lost');
    for (const code of ['23505', '42601', '22021', 'XX000', 'P0001'])
      assert.equal(failureKindOf(failure(code)).name, 'refused');
  });

  test('what was never sent is repeated, whatever it is', () => {
    assert.equal(settle(failure(undefined, false), giveUp, first, 0), undefined);
    assert.equal(settle(failure('28P01', false), giveUp, first, 0), undefined);
  });

  test('what has no answer is repeated only where it may happen twice', () => {
    assert.equal(settle(failure(undefined), repeat, first, 0), undefined);
    assert.ok(settle(failure(undefined), giveUp, first, 0) instanceof StoreUnavailable);
  });

  test('nothing is tried a fourth time, or later than 8 seconds after it was asked for', () => {
    assert.equal(settle(failure('40001'), repeat, { tries: 2, sinceMs: 1_000 }, 8_999), undefined);
    assert.ok(
      settle(failure('40001'), repeat, { tries: 3, sinceMs: 1_000 }, 1_000) instanceof StoreUnavailable,
    );
    assert.ok(
      settle(failure('40001'), repeat, { tries: 1, sinceMs: 1_000 }, 9_000) instanceof StoreUnavailable,
    );
  });

  test('whoever asked is told that asking again is safe, and the log what failed', () => {
    const cause = failure('53100');
    const error = settle(cause, repeat, first, 0) as StoreUnavailable;
    assert.equal(
      error.message,
      'The store cannot be reached. What you asked may have happened; asking again is safe',
    );
    assert.equal(error.cause, cause);
    assert.equal(error.retryAfterSeconds, 2);
  });

  test('an answer to the statement is thrown as it is', () => {
    const constraint = failure('23505');
    assert.equal(settle(constraint, repeat, first, 0), constraint);
  });
});
