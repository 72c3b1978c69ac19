/** The table that a store has while a copy into it is not finished, by name what is known of the copy. It goes at the end. */
export const COPY_TABLE = 'store_copy';

/** What makes the table of a copy, in every engine. */
export const CREATE_COPY_TABLE = `CREATE TABLE IF NOT EXISTS ${COPY_TABLE} (name TEXT PRIMARY KEY, value TEXT NOT NULL)`;

/** The store has only a part of what is copied into it. */
export class UnfinishedCopy extends Error {
  override readonly name = 'UnfinishedCopy';
  readonly code = 'UNFINISHED_COPY';

  constructor() {
    super(
      'A copy into this store was begun and is not finished: run the same `latchkey store copy` again, which goes on where it stopped',
    );
  }
}
