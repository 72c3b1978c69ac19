/** The properties of an interface as `deno doc` prints it. */
export interface PrintedInterface {
  /** Type by name; the name of an optional one ends in `?`. */
  readonly properties: Readonly<Record<string, string>>;
  /** Names of those that nothing is said about. */
  readonly undocumented: readonly string[];
}

export function parseInterface(printed: string): PrintedInterface {
  const entries = [...printed.matchAll(/^ {2}(\w+\??): (.+)\n( {4}\S)?/gm)].map(
    ([, name = '', type = '', docs]) => ({
      name,
      type,
      docs,
    }),
  );
  return {
    properties: Object.fromEntries(entries.map(({ name, type }) => [name, type])),
    undocumented: entries.filter(({ docs }) => docs === undefined).map(({ name }) => name),
  };
}
