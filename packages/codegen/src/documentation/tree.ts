/** Documentation as a tree, which is printed in comments and on pages. */
export type Documentation = readonly Block[];

export type Block =
  | { readonly kind: 'paragraph' | 'heading'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Documentation[] }
  | { readonly kind: 'definitions'; readonly entries: readonly Definition[] }
  | { readonly kind: 'callout'; readonly tone: 'note' | 'important'; readonly content: Documentation }
  | { readonly kind: 'preformatted'; readonly text: string };

export interface Definition {
  readonly term: readonly Inline[];
  readonly definition: Documentation;
}

export type Inline =
  | string
  | { readonly kind: 'code' | 'emphasis' | 'strong'; readonly content: readonly Inline[] }
  | Link
  | Reference
  | { readonly kind: 'break' };

export interface Link {
  readonly kind: 'link';
  /** Absolute URL, http or https. */
  readonly href: string;
  readonly content: readonly Inline[];
}

/** A shape of the service that the text names, or a member as `Shape$member`. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
}

/** Plain text of inline content. */
export function textOf(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if (inline.kind === 'break') return ' ';
      return inline.kind === 'reference' ? inline.name : textOf(inline.content);
    })
    .join('');
}
