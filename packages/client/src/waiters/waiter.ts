import type { JmesPath } from '../operation.ts';

/** A waiter, as the model describes it (`smithy.waiters#waitable`). */
export interface Waiter {
  readonly name: string;
  /** Acceptors, tried in order on every answer; the first that matches decides. */
  readonly acceptors: readonly Acceptor[];
  /** Shortest delay between calls, in seconds. Default: 2. */
  readonly minDelay?: number;
  /** Longest delay between calls, in seconds. Default: 120. */
  readonly maxDelay?: number;
}

/** A condition of a waiter: which answers it matches, and whether the waiter then succeeds, fails or calls again. */
export type Acceptor = { readonly state: 'success' | 'failure' | 'retry' } & Matcher;

/** An answer is matched by whether it is one, by the name of the error, or by what a path finds in it. */
export type Matcher =
  | { readonly success: boolean }
  | { readonly errorType: string }
  | (PathMatcher & { readonly output: JmesPath })
  /** The path is evaluated on an object with `input` and `output`. */
  | (PathMatcher & { readonly inputOutput: JmesPath });

/** How what a path finds is compared: as a text, as `true` or `false`, or each or one item of a list as a text. */
export interface PathMatcher {
  readonly comparator: 'stringEquals' | 'booleanEquals' | 'allStringEquals' | 'anyStringEquals';
  readonly expected: string;
}
