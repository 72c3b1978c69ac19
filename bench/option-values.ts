/** Reads an option that is one of the names. @throws {TypeError} for another text */
export function oneOf<const Name extends string>(option: string, names: readonly Name[], text: string): Name {
  const name = names.find((name) => name === text);
  if (name === undefined) {
    throw new TypeError(`Cannot read ${option}: found "${text}", expected one of ${names.join(', ')}`);
  }
  return name;
}

/** Reads an option that is a whole number from 1. @throws {TypeError} for another text */
export function count(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new TypeError(`Cannot read ${option}: found "${text}", expected a whole number from 1`);
  }
  return Number(text);
}
