import { line, name, partsOf, text } from './lines.ts';
import type { Mark, Marks } from './marks.ts';
import type { SyntaxLine, SyntaxPart } from './syntax.ts';

/** Prints a form, an entry a line. */
export function printForm(form: string, marks: Marks): readonly SyntaxLine[] {
  return form.split('&').map((entry, index) => {
    const [key = '', value = ''] = entry.split('=');
    const content = decodeURIComponent(value);
    const { mark, parts } = printKey(key, marks.only(content), marks);
    return line(
      0,
      [text(index === 0 ? '' : '&'), ...parts, text('='), ...partsOf(content, marks, 'form')],
      mark,
    );
  });
}

/** Each name in a key, such as `Filter` and `Value` in `Filter.1.Value.1`, leads to its member. */
function printKey(
  key: string,
  ofValue: Mark | undefined,
  marks: Marks,
): { readonly parts: readonly SyntaxPart[]; readonly mark: Mark | undefined } {
  const parts: SyntaxPart[] = [];
  let last: Mark | undefined;
  let pending = '';
  for (const part of marks.split(key)) {
    if (typeof part === 'string') {
      pending += part;
      continue;
    }
    if (!part.isItem) {
      parts.push(...printLast(pending, part));
      pending = '';
      last = part;
    }
  }
  const isNamed =
    ofValue !== undefined && ofValue.isItem !== true && ofValue.isKey !== true && pending !== '';
  parts.push(...(isNamed ? printLast(pending, ofValue) : pending === '' ? [] : [text(pending)]));
  return { parts, mark: isNamed ? ofValue : last };
}

function printLast(path: string, mark: Mark): readonly SyntaxPart[] {
  const start = path.lastIndexOf('.') + 1;
  return [...(start === 0 ? [] : [text(path.slice(0, start))]), name(path.slice(start), mark)];
}
