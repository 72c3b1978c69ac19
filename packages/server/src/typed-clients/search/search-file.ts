import { HttpProblem } from '../http-problem.ts';
import { SearchIndex } from './search-index.ts';

/** Opens the search index when it is asked for, and keeps it open. */
export class SearchFile {
  readonly #path: string;
  #index: SearchIndex | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws {HttpProblem} when the file can be neither opened nor made */
  open(): SearchIndex {
    try {
      this.#index ??= SearchIndex.open(this.#path);
      return this.#index;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new HttpProblem(
        503,
        `The search index cannot be opened: ${reason}`,
        `Let the server write ${this.#path}. All services: /v0.4/services.`,
        { cause: error },
      );
    }
  }
}
