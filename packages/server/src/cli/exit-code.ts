/** Exit codes of the command line, which `latchkey --help` lists. */
export const exitCode = {
  failure: 1,
  usage: 2,
  invalidConfiguration: 3,
  interrupted: 130,
} as const;

/** A command failed. The message tells a person why; no stack trace is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, code: number = exitCode.failure, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = code;
  }
}
