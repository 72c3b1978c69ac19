/** @throws {TypeError} when the text is none of the names */
export function oneOf<const Name extends string>(option: string, names: readonly Name[], text: string): Name {
  const name = names.find((name) => name === text);
  if (name === undefined) {
    throw new TypeError(`Cannot read ${option}: found "${text}", expected one of ${names.join(', ')}`);
  }
  return name;
}

/** @throws {TypeError} when the text is no whole number from 1 */
export function count(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new TypeError(`Cannot read ${option}: found "${text}", expected a whole number from 1`);
  }
  return Number(text);
}
