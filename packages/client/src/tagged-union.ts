/**
 * A union: exactly one of the members. An answer may hold a member that is newer than the model; its name and value are
 * then in `$unknown`.
 */
export type TaggedUnion<Members extends object> = OneOf<
  Members & { $unknown: [name: string, value: unknown] }
>;

type OneOf<Members extends object> = {
  [Name in keyof Members]: { [Key in Name]: Members[Name] } & {
    [Other in Exclude<keyof Members, Name>]?: never;
  };
}[keyof Members];
