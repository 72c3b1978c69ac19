import type { Messages, Problem } from './messages/english.ts';

/** Picks what a page says of an error among the messages of the person's language. */
export type Explain = (messages: Messages) => Problem;

/** A refusal that is answered with a page that says what was wrong and what to do. Any other error is answered with 500. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly status: number;
  readonly explain: Explain;

  constructor(status: number, explain: Explain) {
    super(`a page with status ${status}`);
    this.status = status;
    this.explain = explain;
  }
}
