/** An expression that is not JMESPath, or calls what clients do not have. */
export class JmesPathError extends Error {
  override readonly name = 'JmesPathError';
  /** Where in the expression, from 0. */
  readonly position: number;

  constructor(expression: string, position: number, problem: string) {
    super(`JMESPath "${expression}", character ${position + 1}: ${problem}`);
    this.position = position;
  }
}
