/** One thing wrong with the configuration, said where a person can go and fix it. */
export interface ConfigProblem {
  /** The file as the person knows it, or the environment variable. */
  readonly source: string;
  /** From 1; absent for an environment variable, or a file that could not be read. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** The configuration cannot be used; carries every problem found, in the order of the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(renderProblem).join('\n'));
    this.problems = problems;
  }
}

/** @returns `latchkey.yaml:14:5: what is wrong`, which editors and terminals make clickable */
export function renderProblem({ source, line, column, message }: ConfigProblem): string {
  return line === undefined ? `${source}: ${message}` : `${source}:${line}:${column}: ${message}`;
}
