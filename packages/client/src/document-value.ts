/** A value of no modelled type: what JSON can say, and whole numbers of any size. */
export type DocumentValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | DocumentValue[]
  | { [key: string]: DocumentValue };
