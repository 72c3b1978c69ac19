const width = 110;

/**
 * Prints a documentation comment from Markdown that has one line for each paragraph or list item, and wraps the lines.
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

/** Wraps one line. The lines of a list item are indented below its text. */
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

/** Splits a line into words. A code span is one word: a line that starts inside it could be read as other Markdown. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|[^\s`]|`)+/g) ?? [];
}

/** Words that would start a list, heading or quotation, or underline a heading, at the start of a line. */
const beginsBlock = /^(?:[-+*>]|#+|\d+[.)]|=+|-+|>.*)$/;
