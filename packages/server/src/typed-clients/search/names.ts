/** A word of a name: an abbreviation, a capitalised or small word, or a number that stands apart. */
const WORD = /[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+|[\p{L}\p{N}]/gu;

/** @returns the words of a name in lower case, e.g. `create`, `token` and `request` of `CreateTokenRequest` */
export function wordsOfName(name: string): readonly string[] {
  return Array.from(name.matchAll(WORD), ([word]) => word.toLowerCase());
}

/** @returns the letters and digits of a name in lower case: `createtoken` for `createToken`, `Create Token` and `create_token` */
export function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The words by which a name is found: each of its words, and each run together with all that follow it, such as `createtoken`
 * and `token` of `createToken`. Whoever types from the beginning of any word types the beginning of one of them.
 */
export function runsOf(name: string): readonly string[] {
  const words = wordsOfName(name);
  const runs = words.map((_, index) => words.slice(index).join(''));
  return [...new Set([...runs, ...words])];
}
