/** A refusal that is answered with a page that says what was wrong and what to do. Any other error is answered with 500. */
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
