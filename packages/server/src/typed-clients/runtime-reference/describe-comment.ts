import {
  type Documentation,
  type Inline,
  parseDocumentation,
  shortDocumentation,
  textOf,
} from '@latchkey/codegen';
import { urlOfRuntimeName } from './runtime-index.ts';
import type { DocComment } from './runtime-symbol.ts';

/** Parses text of a comment. Names of exports in code, such as `ApiFactory`, refer to them. */
export function documentationOf(text: string): Documentation {
  return parseDocumentation(text).map(linkBlock);
}

export function summaryOf({ text }: DocComment): readonly Inline[] {
  return shortDocumentation(documentationOf(text));
}

function linkBlock(block: Documentation[number]): Documentation[number] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { ...block, content: block.content.map(linkInline) };
    case 'callout':
      return { ...block, content: block.content.map(linkBlock) };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(linkBlock)) };
    case 'definitions':
      return {
        ...block,
        entries: block.entries.map(({ definition, term }) => ({
          term: term.map(linkInline),
          definition: definition.map(linkBlock),
        })),
      };
    case 'preformatted':
      return block;
  }
}

function linkInline(inline: Inline): Inline {
  if (typeof inline === 'string' || inline.kind !== 'code') return inline;
  const name = textOf(inline.content);
  return urlOfRuntimeName(name) === undefined ? inline : { kind: 'reference', name };
}
