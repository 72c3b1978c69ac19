import { type Block, type Documentation, type Inline, textOf } from './tree.ts';

/** End of a sentence that is followed by more text. */
const sentenceEnd = /(?<!\b(?:e\.g|i\.e|etc|vs|incl|approx))[.!?][)"'”’]?(?=\s)/;

/** Sentences that say nothing about what they stand before: a later one does. */
const sayNothing = new RegExp(
  `^(?:${[
    'optional',
    'required',
    'reserved',
    'overview',
    'important',
    'note',
    'this is a legacy parameter',
    'this is AWS WAF Classic documentation',
    'this (?:operation|action|API|feature|functionality) is not supported (?:for|by|in) .*',
    'this (?:operation|API|feature) is (?:in preview|deprecated|no longer supported|for internal use).*',
    'end of support notice:? .*',
    'welcome to .*',
    'this is the .* API Reference.*',
    'this (?:guide|document|reference) (?:describes|contains|provides|is) .*',
  ].join('|')})[.:!]*$`,
  'i',
);

/** The first sentence that says something; the first one where none does; empty where there is no text. */
export function shortDocumentation(documentation: Documentation): readonly Inline[] {
  let first: readonly Inline[] | undefined;
  for (const sentence of sentencesOf(documentation)) {
    first ??= sentence;
    if (!sayNothing.test(textOf(sentence).trim())) return sentence;
  }
  return first ?? [];
}

function* sentencesOf(documentation: Documentation): Generator<readonly Inline[]> {
  for (const block of documentation) yield* sentencesOfBlock(block);
}

function* sentencesOfBlock(block: Block): Generator<readonly Inline[]> {
  if (block.kind === 'callout') yield* sentencesOf(block.content);
  if (block.kind !== 'paragraph' || isHeading(block.content)) return;
  let sentence: Inline[] = [];
  for (const inline of block.content) {
    let rest = inline;
    while (typeof rest === 'string') {
      const end = sentenceEnd.exec(rest);
      if (end === null) break;
      const length = end.index + end[0].length;
      yield [...sentence, rest.slice(0, length)];
      sentence = [];
      rest = rest.slice(length).trimStart();
    }
    if (rest !== '') sentence.push(rest);
  }
  if (textOf(sentence).trim() !== '') yield sentence;
}

/** Whether a paragraph is a heading in all but name: strong text alone. */
function isHeading(content: readonly Inline[]): boolean {
  return content.every((inline) => typeof inline !== 'string' && inline.kind === 'strong');
}
