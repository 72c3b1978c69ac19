const width = 110;

/** Source text to print in place of a value, when the value has some of its own. */
export type Reference = (value: unknown) => string | undefined;

/** Prints plain data as TypeScript: on one line where it fits in the width, else one entry a line. */
export function printLiteral(value: unknown, reference: Reference, indent = '', taken = 0): string {
  const ownText = reference(value);
  if (ownText !== undefined) return ownText;
  if (typeof value !== 'object' || value === null) return printPrimitive(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const prefixed = Array.isArray(value)
    ? value.map((item: unknown) => ['', item] as const)
    : Object.entries(value).map(([key, item]) => [`${printKey(key)}: `, item] as const);
  if (prefixed.length === 0) return open + close;

  const onOneLine = prefixed.map(([prefix, item]) => prefix + printLiteral(item, reference)).join(', ');
  const padded = open === '{' ? `{ ${onOneLine} }` : `[${onOneLine}]`;
  if (!padded.includes('\n') && indent.length + taken + padded.length <= width) return padded;

  const inner = `${indent}  `;
  const lines = prefixed.map(
    ([prefix, item]) => `${inner}${prefix}${printLiteral(item, reference, inner, prefix.length + 1)},\n`,
  );
  return `${open}\n${lines.join('')}${indent}${close}`;
}

function printPrimitive(value: unknown): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

export function printKey(key: string): string {
  // As a plain key this one would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

export function quote(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
