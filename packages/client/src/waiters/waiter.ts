import type { JmesPath } from '../operation.ts';

/** What a resource is waited for by (`smithy.waiters#waitable`). */
export interface Waiter {
  readonly name: string;
  /** Tried in order on every answer; the first that matches decides. */
  readonly acceptors: readonly Acceptor[];
  /** Seconds. Default 2. */
  readonly minDelay?: number;
  /** Seconds. Default 120. */
  readonly maxDelay?: number;
}

export type Acceptor = { readonly state: 'success' | 'failure' | 'retry' } & Matcher;

/** An answer is matched by whether it is one, by the name of the error, or by what a path finds in it. */
export type Matcher =
  | { readonly success: boolean }
  | { readonly errorType: string }
  | (PathMatcher & { readonly output: JmesPath })
  /** The path begins at an object of `input` and `output`. */
  | (PathMatcher & { readonly inputOutput: JmesPath });

export interface PathMatcher {
  readonly comparator: 'stringEquals' | 'booleanEquals' | 'allStringEquals' | 'anyStringEquals';
  readonly expected: string;
}
