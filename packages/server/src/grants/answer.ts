import type { Context } from '../context.ts';

/** How a person answers a device request or an authorization request. */
export type Decision = 'allow' | 'deny';

/**
 * Seconds for which an answer is kept, so that its person is told of it. A form to answer an authorization request is
 * taken no longer than that.
 */
export const ANSWER_SECONDS = 3600;

/** An answer that a person gave before. */
export interface Answer {
  readonly decision: Decision;
  readonly answeredAtMs: number;
  /** Row id of the authorization that was allowed; `null` where it was denied. */
  readonly authorizationId: number | null;
}

/** What a person was asked. */
export interface Question {
  readonly userId: string;
  readonly kind: 'device' | 'authorization';
  /** The user code; the query of the authorization request. */
  readonly text: string;
}

/**
 * The digests under which a person's answer to a question is looked for: one with each key, newest first, as the keys may
 * have been rotated since. Nobody else's answer is found by them.
 */
export function digestsOfQuestion(
  { keys }: Context,
  { userId, kind, text }: Question,
): readonly Uint8Array[] {
  return keys.ids.flatMap((id) => keys.macUnder(id, 'answer', userId, kind, text)?.subarray(0, 16) ?? []);
}
