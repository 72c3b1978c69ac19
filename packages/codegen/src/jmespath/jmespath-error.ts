/** An expression is not valid JMESPath, or calls a function that the runtime does not have. */
export class JmesPathError extends Error {
  override readonly name = 'JmesPathError';
  /** Position in the expression, from 0. */
  readonly position: number;

  constructor(expression: string, position: number, problem: string) {
    super(`JMESPath "${expression}", character ${position + 1}: ${problem}`);
    this.position = position;
  }
}
