const width = 110;

/** Source text to print instead of a value, e.g. the name of a constant. @returns undefined to print the value */
export type Reference = (value: unknown) => string | undefined;

/** Prints plain data as TypeScript: on one line where it fits, else one line for each entry. */
export function printLiteral(value: unknown, reference: Reference, indent = '', taken = 0): string {
  const ownText = reference(value);
  if (ownText !== undefined) return ownText;
  if (typeof value !== 'object' || value === null) return printPrimitive(value);
  const line = printLine(value, reference);
  if (line !== undefined && indent.length + taken + line.length <= width) return line;
  const entries = entriesOf(value).map(
    ([prefix, item]) => prefix + printLiteral(item, reference, `${indent}  `, prefix.length + 1),
  );
  return printLines(Array.isArray(value) ? '[]' : '{}', entries, indent);
}

/** @returns undefined where data does not fit on one line */
function printLine(value: unknown, reference: Reference): string | undefined {
  const ownText = reference(value);
  if (ownText !== undefined) return ownText.includes('\n') ? undefined : ownText;
  if (typeof value !== 'object' || value === null) return printPrimitive(value);
  const isTable = Array.isArray(value) && value.length > 1 && value.every((item) => isRow(item, reference));
  if (isTable) return undefined;
  const texts: string[] = [];
  for (const [prefix, item] of entriesOf(value)) {
    const text = printLine(item, reference);
    if (text === undefined) return undefined;
    texts.push(prefix + text);
  }
  const line = joinLine(Array.isArray(value) ? '[]' : '{}', texts);
  return line.length <= width ? line : undefined;
}

function entriesOf(value: object): readonly (readonly [prefix: string, item: unknown])[] {
  return Array.isArray(value)
    ? Array.from(value, (item: unknown) => ['', item])
    : Object.entries(value).map(([key, item]) => [`${printKey(key)}: `, item]);
}

/** Prints braces or brackets around entries that are already source text, with the layout of `printLiteral`. */
export function printEntries(
  brackets: '{}' | '[]',
  entries: readonly string[],
  indent = '',
  taken = 0,
): string {
  const line = joinLine(brackets, entries);
  const fits = !line.includes('\n') && indent.length + taken + line.length <= width;
  return fits ? line : printLines(brackets, entries, indent);
}

function joinLine(brackets: '{}' | '[]', entries: readonly string[]): string {
  if (entries.length === 0) return brackets;
  const padding = brackets === '{}' ? ' ' : '';
  return `${brackets.charAt(0)}${padding}${entries.join(', ')}${padding}${brackets.charAt(1)}`;
}

function printLines(brackets: '{}' | '[]', entries: readonly string[], indent: string): string {
  const lines = entries.map((entry) => `${indent}  ${entry},\n`).join('');
  return `${brackets.charAt(0)}\n${lines}${indent}${brackets.charAt(1)}`;
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
