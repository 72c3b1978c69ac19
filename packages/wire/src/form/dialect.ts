import type { MemberSchema } from '../schema.ts';

/** What the query protocols do each in their own way when they write values into forms. */
export interface FormDialect {
  /** What a member of a structure is called in a form. */
  keyOf(name: string, member: MemberSchema): string;
  /** Whether the items of every list are numbered right behind its key, and an empty list leaves no trace. */
  readonly flattensLists: boolean;
}
