const width = 110;

/** Declares a union type: on one line where it fits, else with one line for each alternative. */
export function printUnion(declared: string, types: readonly string[]): string {
  if (fitsOnOneLine(declared, types)) return onOneLine(declared, types);
  return `${declared} =\n${types.map((type) => `  | ${type}`).join('\n')};\n`;
}

export function fitsOnOneLine(declared: string, types: readonly string[]): boolean {
  return onOneLine(declared, types).length <= width + 1;
}

function onOneLine(declared: string, types: readonly string[]): string {
  return `${declared} = ${types.join(' | ') || 'never'};\n`;
}
