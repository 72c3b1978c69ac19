import { StoreUnavailable } from '../store-unavailable.ts';
import type { Statement } from './statement.ts';

/** A statement that PostgreSQL refused, or whose answer did not come. */
export class StatementFailure extends Error {
  override readonly name = 'StatementFailure';
  /**
   * SQLSTATE, of 5 characters (https://www.postgresql.org/docs/current/errcodes-appendix.html). `undefined`: there was no answer.
   */
  readonly sqlState: string | undefined;
  /** Whether the server may have got the statement. */
  readonly isSent: boolean;
  /** The constraint that was violated, by its name in the schema. */
  readonly constraint: string | undefined;

  constructor(
    message: string,
    options: {
      readonly sqlState?: string | undefined;
      readonly isSent: boolean;
      readonly constraint?: string | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.sqlState = options.sqlState;
    this.isSent = options.isSent;
    this.constraint = options.constraint;
  }
}

/** What is done about failures of a kind. */
export interface FailureKind {
  readonly name: 'unreachable' | 'outrun' | 'exhausted' | 'lost' | 'unreplicated' | 'refused';
  /** Codes, or the first two characters of all codes of a class. The longer one counts. */
  readonly sqlStates: readonly string[];
  /** `whereSafe`: a read, or a write whose `afterLoss` is `repeat`. */
  readonly repeat: 'always' | 'whereSafe' | 'never';
  /** What the caller gets when it isn't repeated, or was in vain: `failure` is the failure itself. */
  readonly else: 'unavailable' | 'failure';
  /** Whether the connection serves nothing any more, though it is open. */
  readonly leavesConnection: boolean;
}

/** The contract of this store: what becomes of each failure (docs/decisions/0031). */
export const failureKinds: readonly FailureKind[] = [
  // Nothing happened: the server is starting, has no room, or is a standby by now. Another host may be the primary.
  {
    name: 'unreachable',
    sqlStates: ['57P03', '53300', '25006'],
    repeat: 'always',
    else: 'unavailable',
    leavesConnection: true,
  },
  // Nothing happened: others were faster, or the connection does not have the prepared statement, or not of these columns.
  {
    name: 'outrun',
    sqlStates: ['40001', '40P01'],
    repeat: 'always',
    else: 'unavailable',
    leavesConnection: false,
  },
  {
    name: 'outrun',
    sqlStates: ['26000', '0A000'],
    repeat: 'always',
    else: 'unavailable',
    leavesConnection: true,
  },
  // Nothing happened, and more of the same would make it worse.
  {
    name: 'exhausted',
    sqlStates: ['55P03', '57014', '53'],
    repeat: 'never',
    else: 'unavailable',
    leavesConnection: false,
  },
  // Nobody knows whether it happened.
  {
    name: 'lost',
    sqlStates: ['57P01', '57P02', '57P05', '25P03', '08'],
    repeat: 'whereSafe',
    else: 'unavailable',
    leavesConnection: true,
  },
  // It happened, but perhaps not on the standby: a commit's wait was cancelled.
  {
    name: 'unreplicated',
    sqlStates: ['01000'],
    repeat: 'never',
    else: 'unavailable',
    leavesConnection: false,
  },
  // An answer to this very statement: constraints (23), and mistakes of ours.
  { name: 'refused', sqlStates: [], repeat: 'never', else: 'failure', leavesConnection: false },
];

/** The kind of a failure. */
export function failureKindOf({ sqlState, isSent }: StatementFailure): FailureKind {
  if (!isSent) return kindNamed('unreachable');
  if (sqlState === undefined) return kindNamed('lost');
  const having = (code: string) => failureKinds.find(({ sqlStates }) => sqlStates.includes(code));
  return having(sqlState) ?? having(sqlState.slice(0, 2)) ?? kindNamed('refused');
}

function kindNamed(name: FailureKind['name']): FailureKind {
  return failureKinds.find((kind) => kind.name === name)!;
}

/** How often a statement is tried. */
export const MOST_TRIES = 3;
/** No try begins later than this after the first one was asked for. */
export const GIVE_UP_AFTER_MS = 8_000;

/** What was tried so far. */
export interface Tried {
  /** How often the statement was sent, or would have been. */
  readonly tries: number;
  readonly sinceMs: number;
}

/**
 * Decides what becomes of a failure.
 *
 * @param nowMs - of the clock of `sinceMs`
 * @returns what to throw; `undefined`: try again
 */
export function settle(
  failure: StatementFailure,
  { afterLoss }: Pick<Statement, 'afterLoss'>,
  { tries, sinceMs }: Tried,
  nowMs: number,
): Error | undefined {
  const kind = failureKindOf(failure);
  const mayRepeat = kind.repeat === 'always' || (kind.repeat === 'whereSafe' && afterLoss === 'repeat');
  if (mayRepeat && tries < MOST_TRIES && nowMs - sinceMs < GIVE_UP_AFTER_MS) return undefined;
  return kind.else === 'failure' ? failure : new StoreUnavailable({ cause: failure });
}
