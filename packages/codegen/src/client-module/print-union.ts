const width = 110;

/** Declares a type that is one of several: on one line where they fit, else one a line. */
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
