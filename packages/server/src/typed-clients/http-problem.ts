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
  /** The name that was asked for, and that nothing has. */
  readonly wanted: string | undefined;

  constructor(
    status: HttpProblem['status'],
    heading: string,
    advice: string,
    {
      near = [],
      wanted,
      ...options
    }: ErrorOptions & { readonly near?: readonly PageLink[]; readonly wanted?: string } = {},
  ) {
    super(`${heading}. ${withNames(advice, near)}`, options);
    this.near = near;
    this.wanted = wanted;
    this.status = status;
    this.heading = heading;
    this.advice = advice;
  }

  /** The advice for whoever reads text, with the names that a page has as links. */
  get adviceAsText(): string {
    return withNames(this.advice, this.near);
  }
}

function withNames(advice: string, near: readonly PageLink[]): string {
  if (near.length === 0) return advice;
  return `Did you mean ${near.map(({ name }) => name).join(', ')}? ${advice}`;
}
