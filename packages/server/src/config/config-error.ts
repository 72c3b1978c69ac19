/** A fault of the configuration, and where to correct it. */
export interface ConfigProblem {
  /** The file, as the person would name it, or the environment variable. */
  readonly source: string;
  /** Counted from 1; absent for an environment variable, and for a file that cannot be read. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** The configuration is not valid. `problems` has everything that was found, in the order of the file. */
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
