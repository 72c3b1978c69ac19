const width = 110;

/** Declares a type that is one of several: on one line where they fit, else one a line. */
export function printUnion(declared: string, types: readonly string[]): string {
  const onOneLine = `${declared} = ${types.join(' | ') || 'never'};\n`;
  if (onOneLine.length <= width + 1) return onOneLine;
  return `${declared} =\n${types.map((type) => `  | ${type}`).join('\n')};\n`;
}
