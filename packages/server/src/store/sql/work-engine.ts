import type { Work } from './work.ts';

/** How an engine runs work beside that of the directory. */
export interface WorkEngine {
  /** Runs work that only reads. */
  read<T>(work: Work<T>): Promise<T>;
  /** Runs work in a transaction, from its beginning where others were faster. */
  change<T>(begin: () => Work<T>): Promise<T>;
  /** Runs work in a transaction while no other such work goes on, nor a change of the directory. */
  changeAlone<T>(begin: () => Work<T>): Promise<T>;
}
