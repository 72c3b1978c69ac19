interface PageLink {
  readonly name: string;
  readonly href: string;
}

/** A fault of a request or of a model, answered as text to a program and as a page to a person. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: 400 | 404 | 422 | 503;
  /** What is wrong, in a few words without a full stop. */
  readonly heading: string;
  /** What to do about it, in whole sentences. */
  readonly advice: string;
  /** Pages that the person may have meant. */
  readonly near: readonly PageLink[];

  constructor(
    status: HttpProblem['status'],
    heading: string,
    advice: string,
    { near = [], ...options }: ErrorOptions & { readonly near?: readonly PageLink[] } = {},
  ) {
    super(`${heading}. ${advice}`, options);
    this.near = near;
    this.status = status;
    this.heading = heading;
    this.advice = advice;
  }
}
