import { type Documentation, textOf } from '@latchkey/codegen';

/** Documentation as plain text, for the search. */
export function plainText(documentation: Documentation): string {
  return documentation.map(textOfBlock).join(' ');
}

function textOfBlock(block: Documentation[number]): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return textOf(block.content);
    case 'callout':
      return plainText(block.content);
    case 'list':
      return block.items.map(plainText).join(' ');
    case 'definitions':
      return block.entries
        .map(({ term, definition }) => `${textOf(term)} ${plainText(definition)}`)
        .join(' ');
    case 'preformatted':
      return block.text;
  }
}
