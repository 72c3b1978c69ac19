/** Something that stands against a threat, what takes it out of the code, and the test that sees that. */
export interface Defence {
  /** A few words, by which documents name it: the heading of its paragraph in docs/security/defences.md. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly what: string;
  /** The changes of the code that take it out. */
  readonly without: readonly Patch[];
  readonly test: NamedTest;
}

/** A change of a file: a text that occurs in it once, and what takes its place. */
export interface Patch {
  /** Path in the repository. */
  readonly file: string;
  readonly find: string;
  readonly replacement: string;
}

/** A test, by its file and its title, or a part of the title that stands in the file as it is. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
  /** The file to run, where the test stands in a suite that several files run. Default: `file`. */
  readonly runs?: string;
}

/** Defences of one subject. */
export interface Subject {
  readonly heading: string;
  readonly defences: readonly Defence[];
}

/** @param file - path below `packages/server/src` */
export function inServer(file: string, find: string, replacement: string): Patch {
  return { file: `packages/server/src/${file}`, find, replacement };
}

/** @param file - path below `packages/server/src` */
export function seenBy(file: string, title: string): NamedTest {
  return { file: `packages/server/src/${file}`, title };
}

/** A test of the suite that every store passes, here with SQLite. */
export function seenByStore(file: string, title: string): NamedTest {
  return { ...seenBy(file, title), runs: 'packages/server/src/store/sqlite/sqlite-store.test.ts' };
}
