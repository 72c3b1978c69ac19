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

/** The documentation behind its first sentence; all of it where `shortDocumentation` is another one. */
export function restOfDocumentation(documentation: Documentation): Documentation {
  const [first, ...others] = documentation;
  if (first?.kind !== 'paragraph') return documentation;
  const [sentence, rest] = splitSentence(first.content);
  if (textOf(sentence) !== textOf(shortDocumentation(documentation))) return documentation;
  return textOf(rest).trim() === '' ? others : [{ kind: 'paragraph', content: rest }, ...others];
}

function* sentencesOf(documentation: Documentation): Generator<readonly Inline[]> {
  for (const block of documentation) yield* sentencesOfBlock(block);
}

function* sentencesOfBlock(block: Block): Generator<readonly Inline[]> {
  if (block.kind === 'callout') yield* sentencesOf(block.content);
  if (block.kind !== 'paragraph' || isHeading(block.content)) return;
  let rest = block.content;
  while (textOf(rest).trim() !== '') {
    const [sentence, behind] = splitSentence(rest);
    yield sentence;
    rest = behind;
  }
}

/** The first sentence, and what is behind it. */
function splitSentence(
  content: readonly Inline[],
): readonly [sentence: readonly Inline[], rest: readonly Inline[]] {
  for (const [index, inline] of content.entries()) {
    const end = typeof inline === 'string' ? sentenceEnd.exec(inline) : null;
    if (typeof inline !== 'string' || end === null) continue;
    const length = end.index + end[0].length;
    const behind = inline.slice(length).trimStart();
    return [
      [...content.slice(0, index), inline.slice(0, length)],
      [...(behind === '' ? [] : [behind]), ...content.slice(index + 1)],
    ];
  }
  return [content, []];
}

/** Whether a paragraph is a heading in all but name: strong text alone. */
function isHeading(content: readonly Inline[]): boolean {
  return content.every((inline) => typeof inline !== 'string' && inline.kind === 'strong');
}
