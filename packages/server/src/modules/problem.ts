/** Something wrong with what was asked for; told as text to a program and as a page to a person. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: 400 | 404 | 422;
  /** What is wrong, in a few words. */
  readonly heading: string;
  /** What to do. */
  readonly advice: string;

  constructor(status: Problem['status'], heading: string, advice: string, options?: ErrorOptions) {
    super(`${heading}. ${advice}`, options);
    this.status = status;
    this.heading = heading;
    this.advice = advice;
  }
}
