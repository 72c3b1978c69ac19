/** What the command line exits with; `latchkey --help` tells people. */
export const exitCode = {
  failure: 1,
  usage: 2,
  invalidConfiguration: 3,
  interrupted: 130,
} as const;

/** A command cannot do what it was asked; the message says why, for a person. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, code: number = exitCode.failure, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = code;
  }
}
