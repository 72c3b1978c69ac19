const width = 110;

/** Source text to print instead of a value, e.g. the name of a constant. @returns undefined to print the value */
export type Reference = (value: unknown) => string | undefined;

/** Prints plain data as TypeScript: on one line where it fits, else one line for each entry. */
export function printLiteral(value: unknown, reference: Reference, indent = '', taken = 0): string {
  const ownText = reference(value);
  if (ownText !== undefined) return ownText;
  if (typeof value !== 'object' || value === null) return printPrimitive(value);
  const prefixed = Array.isArray(value)
    ? value.map((item: unknown) => ['', item] as const)
    : Object.entries(value).map(([key, item]) => [`${printKey(key)}: `, item] as const);
  const brackets = Array.isArray(value) ? '[]' : '{}';
  if (prefixed.length === 0) return brackets;

  const isTable = Array.isArray(value) && value.length > 1 && value.every((item) => isRow(item, reference));
  const onOneLine = isTable
    ? undefined
    : prefixed.map(([prefix, item]) => prefix + printLiteral(item, reference));
  const inner = `${indent}  `;
  const onLines = () =>
    prefixed.map(([prefix, item]) => prefix + printLiteral(item, reference, inner, prefix.length + 1));
  return bracket(brackets, onOneLine, onLines, indent, taken);
}

/** Prints braces or brackets around entries that are already source text, with the layout of `printLiteral`. */
export function printEntries(
  brackets: '{}' | '[]',
  entries: readonly string[],
  indent = '',
  taken = 0,
): string {
  return entries.length === 0 ? brackets : bracket(brackets, entries, () => entries, indent, taken);
}

function bracket(
  brackets: '{}' | '[]',
  onOneLine: readonly string[] | undefined,
  onLines: () => readonly string[],
  indent: string,
  taken: number,
): string {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  const padding = brackets === '{}' ? ' ' : '';
  const line = onOneLine && `${open}${padding}${onOneLine.join(', ')}${padding}${close}`;
  if (line && !line.includes('\n') && indent.length + taken + line.length <= width) return line;
  return `${open}\n${onLines()
    .map((entry) => `${indent}  ${entry},\n`)
    .join('')}${indent}${close}`;
}

/** Whether an object has several entries: lists of such objects have one line for each, as formatters print them. */
function isRow(value: unknown, reference: Reference): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(value).length > 1 && reference(value) === undefined;
}

function printPrimitive(value: unknown): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

export function printKey(key: string): string {
  // As a plain key, `__proto__` would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/** Prints a string literal, in double quotes where that needs fewer escapes than single ones. */
export function quote(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  const isDouble = count(text, "'") > count(text, '"');
  return isDouble ? `"${inner}"` : `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
