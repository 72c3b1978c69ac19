/** A Smithy document: any JSON value, or a `bigint`. */
export type DocumentValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | DocumentValue[]
  | { [key: string]: DocumentValue };
