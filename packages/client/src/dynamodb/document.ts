import type { TaggedUnion } from '../tagged-union.ts';
import type { DynamoNumber } from './dynamo-number.ts';

/**
 * What may be given for a value of DynamoDB: text, numbers, booleans, `null`, bytes, a `Set` of text, numbers or bytes, lists
 * and plain objects of all these. Members that are `undefined` are left out.
 */
export type DocumentInput = string | number | bigint | boolean | null | undefined | object;

/** A value of DynamoDB as a plain one. A number is a `number` where that is exact, else a `bigint` or a `DynamoNumber`. */
export type Document =
  | string
  | number
  | bigint
  | DynamoNumber
  | boolean
  | null
  | Uint8Array
  | Set<string>
  | Set<number | bigint | DynamoNumber>
  | Set<Uint8Array>
  | Document[]
  | { [key: string]: Document };

/** A value as DynamoDB writes it: the `AttributeValue` of a generated module. */
export type MarshalledValue = TaggedUnion<{
  S: string;
  N: string;
  B: Uint8Array;
  SS: string[];
  NS: string[];
  BS: Uint8Array[];
  M: { [key: string]: MarshalledValue };
  L: MarshalledValue[];
  NULL: boolean;
  BOOL: boolean;
}>;

/** The same, as a call gives it; bytes that a program made may be text. */
export interface AttributeValueLike {
  readonly S?: string | null;
  readonly N?: string | null;
  readonly B?: Uint8Array | string | null;
  readonly SS?: readonly string[] | null;
  readonly NS?: readonly string[] | null;
  readonly BS?: readonly (Uint8Array | string)[] | null;
  readonly M?: { readonly [key: string]: AttributeValueLike } | null;
  readonly L?: readonly AttributeValueLike[] | null;
  readonly NULL?: boolean | null;
  readonly BOOL?: boolean | null;
  readonly $unknown?: readonly [name: string, value: unknown];
}
