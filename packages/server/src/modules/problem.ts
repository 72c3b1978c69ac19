interface PageLink {
  readonly name: string;
  readonly href: string;
}

/** Something wrong with what was asked for; told as text to a program and as a page to a person. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: 400 | 404 | 422;
  /** What is wrong, in a few words. */
  readonly heading: string;
  /** What to do. */
  readonly advice: string;
  /** Pages that may have been meant. */
  readonly near: readonly PageLink[];

  constructor(
    status: Problem['status'],
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
