import { makeRowId } from '../row-id.ts';

/** Another id is tried so many times: one is taken once in 4,096 where another row was made in the same millisecond. */
const TRIES = 20;

/**
 * Inserts a row under an id of its own.
 *
 * @param insert - resolves to `undefined` where the id is taken
 */
export async function withNewId<Result>(
  nowMs: number,
  insert: (id: number) => Promise<Result | undefined>,
): Promise<Result> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const result = await insert(makeRowId(nowMs));
    if (result !== undefined) return result;
  }
  throw new Error(`Cannot find an id for a row: ${TRIES} that were tried are taken`);
}
