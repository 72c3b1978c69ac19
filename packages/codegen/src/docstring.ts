const width = 110;

/**
 * A documentation comment of Markdown that has a line a paragraph or list item, wrapped, without a line break at its end.
 * Empty text gives no comment.
 */
export function docstring(text: string, indent = ''): string {
  const safe = text.replaceAll('*/', '*\\/').trim();
  if (safe === '') return '';
  if (!safe.includes('\n') && indent.length + safe.length + 8 <= width) return `${indent}/** ${safe} */\n`;
  const lines = safe.split('\n').flatMap((line) => wrap(line.trimEnd(), width - indent.length - 3));
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */\n`].join(
    '\n',
  );
}

/** Wraps one line; what follows the marker of a list item stays under it. */
function wrap(text: string, columns: number): readonly string[] {
  if (text.length <= columns) return [text];
  const [marker = ''] = /^\s*(?:- |\d+\. )?/.exec(text) ?? [];
  const indent = ' '.repeat(marker.length);
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text.slice(marker.length))) {
    if (line !== '' && line.length + 1 + word.length > columns - indent.length && !beginsBlock.test(word)) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((content, index) => (index === 0 ? marker : indent) + content);
}

/** A code span stays whole: on a line of its own, what is in it could be read as something else. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|[^\s`]|`)+/g) ?? [];
}

/** What at the start of a line would be a list, a heading, a quotation, or the line under one. */
const beginsBlock = /^(?:[-+*>]|#+|\d+[.)]|=+|-+|>.*)$/;
