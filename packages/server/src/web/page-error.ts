/** A refusal that a person is to see as a page: what was wrong, and what to do. Anything else thrown is a 500. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly status: number;
  readonly heading: string;

  constructor(status: number, heading: string, message: string) {
    super(message);
    this.status = status;
    this.heading = heading;
  }
}
