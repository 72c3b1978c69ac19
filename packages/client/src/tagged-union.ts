/**
 * Exactly one of the members. In an answer it may also be one that is newer than the model: its name and value are then
 * under `$unknown`.
 */
export type TaggedUnion<Members extends object> = OneOf<
  Members & { $unknown: [name: string, value: unknown] }
>;

type OneOf<Members extends object> = {
  [Name in keyof Members]: { [Key in Name]: Members[Name] } & {
    [Other in Exclude<keyof Members, Name>]?: never;
  };
}[keyof Members];
