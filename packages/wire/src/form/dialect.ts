import type { MemberSchema } from '../schema.ts';

/** How a query protocol writes values into forms, where awsQuery and ec2Query differ. */
export interface FormDialect {
  /** Name of a structure's member in a form. */
  keyOf(name: string, member: MemberSchema): string;
  /** Whether all lists are flattened: items are numbered directly after the key, and an empty list is left out. */
  readonly flattensLists: boolean;
}
