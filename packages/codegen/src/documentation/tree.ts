/** Documentation of a shape as a tree, for whoever prints it: in comments, on pages. */
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
  /** Absolute, http or https. */
  readonly href: string;
  readonly content: readonly Inline[];
}

/** An operation or another shape of the service, or a member as `Shape$member`, named in the text. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
}

/** What stands in content, without its forms. */
export function textOf(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if (inline.kind === 'break') return ' ';
      return inline.kind === 'reference' ? inline.name : textOf(inline.content);
    })
    .join('');
}
