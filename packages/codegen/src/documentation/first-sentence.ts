import { type Documentation, type Inline, textOf } from './tree.ts';

/** End of a sentence that is followed by more text. */
const sentenceEnd = /(?<!\b(?:e\.g|i\.e|etc|vs|incl|approx))[.!?][)"'”’]?(?=\s)/;

/** First sentence of the first paragraph; empty where there is none. */
export function shortDocumentation(documentation: Documentation): readonly Inline[] {
  const sentence: Inline[] = [];
  for (const inline of firstParagraph(documentation) ?? []) {
    if (typeof inline === 'string') {
      const end = sentenceEnd.exec(inline);
      if (end) return [...sentence, inline.slice(0, end.index + end[0].length)];
    }
    sentence.push(inline);
  }
  return sentence;
}

function firstParagraph(documentation: Documentation): readonly Inline[] | undefined {
  for (const block of documentation) {
    const content =
      block.kind === 'paragraph'
        ? block.content
        : block.kind === 'callout'
          ? firstParagraph(block.content)
          : undefined;
    if (content !== undefined && textOf(content).trim() !== '') return content;
  }
  return undefined;
}
