/** A pattern that is no regular expression of ECMAScript, or that cannot be matched in time linear in the text. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly pattern: string;
  /** What is wrong with the pattern, as a clause. */
  readonly reason: string;

  /** @param place which member has the pattern, as a shape id */
  constructor(pattern: string, reason: string, place?: string) {
    super(`Cannot match the pattern ${pattern}${place === undefined ? '' : ` of ${place}`}: ${reason}`);
    this.pattern = pattern;
    this.reason = reason;
  }
}
