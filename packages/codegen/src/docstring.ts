const width = 110;

/** A documentation comment, wrapped, without a line break at its end. Empty text gives no comment. */
export function docstring(text: string, indent = ''): string {
  const safe = text.replaceAll('*/', '*\\/').trim();
  if (safe === '') return '';
  if (!safe.includes('\n') && indent.length + safe.length + 8 <= width) return `${indent}/** ${safe} */\n`;
  const lines = safe.split('\n').flatMap((line) => wrap(line.trim(), width - indent.length - 3));
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */\n`].join(
    '\n',
  );
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
