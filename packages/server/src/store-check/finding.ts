/** Something that is wrong in a store, for a person. */
export interface Finding {
  /** The table, or another part of the store. */
  readonly where: string;
  /** The row by its key, such as `id 12`. */
  readonly key?: string;
  readonly message: string;
}

export const UNFINISHED: Finding = {
  where: 'store',
  message: 'a copy into it was begun and is not finished: the same `latchkey store copy` goes on with it',
};
