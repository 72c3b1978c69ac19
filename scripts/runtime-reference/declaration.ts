import type { RuntimeToken } from '../../packages/server/src/typed-clients/runtime-reference/runtime-symbol.ts';
import type { SourceFile, SyntaxNode } from './source-file.ts';

/** Names what a word of a declaration means; undefined for what is not the runtime's. */
export type Resolve = (name: string) => Omit<RuntimeToken, 'text'> | undefined;

/** A part of a declaration: a range of the file, or text. */
type Piece = string | readonly [start: number, end: number];

/** @returns the declaration as a `.d.ts` has it: without comments, bodies and what is private */
export function declarationOf(node: SyntaxNode, file: SourceFile, resolve: Resolve): readonly RuntimeToken[] {
  const names = namedTypes(node);
  return joinTexts(
    piecesOf(node).flatMap((piece): readonly RuntimeToken[] =>
      typeof piece === 'string' ? [{ text: piece }] : tokensOf(piece, file, names, resolve),
    ),
  );
}

function piecesOf(node: SyntaxNode): readonly Piece[] {
  switch (node.type) {
    case 'ClassDeclaration':
      return [
        [node.start, node['body'].start],
        ' {\n',
        ...publicMembers(node).flatMap((member): readonly Piece[] => ['  ', ...piecesOf(member), '\n']),
        '}',
      ];
    case 'MethodDefinition': {
      const { body, end } = node['value'];
      return body ? [[node.start, body.start], ';'] : [[node.start, end]];
    }
    case 'PropertyDefinition':
      return node['typeAnnotation']
        ? [[node.start, node['typeAnnotation'].end], ';']
        : [[node.start, node.end]];
    case 'FunctionDeclaration':
      return node['body'] ? [[node.start, node['body'].start], ';'] : [[node.start, node.end]];
    case 'VariableDeclarator':
      return [
        'const ',
        node['id'].typeAnnotation ? [node.start, node['id'].end] : [node.start, node.end],
        ';',
      ];
    default:
      return [[node.start, node.end]];
  }
}

/** The members of a class or an interface that programs may use. */
export function publicMembers(node: SyntaxNode): readonly SyntaxNode[] {
  return (node['body']?.body ?? []).filter(
    ({ accessibility, key, type }: SyntaxNode) =>
      type !== 'StaticBlock' &&
      key?.type !== 'PrivateIdentifier' &&
      accessibility !== 'private' &&
      accessibility !== 'protected',
  );
}

/** @returns the names of the types that a declaration has outside of bodies and private members */
export function namesOfTypes(node: SyntaxNode): readonly string[] {
  const visible = piecesOf(node).filter((piece) => typeof piece !== 'string');
  return namedTypes(node)
    .filter(({ start }) => visible.some(([from, to]) => start >= from && start < to))
    .map((name) => name['name']);
}

/** The names of types in a declaration, by their place. */
function namedTypes(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (value: unknown, place: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) visit(each, place);
      return;
    }
    const each = value as SyntaxNode;
    if (each.type === 'Identifier' && TYPE_PLACES.has(place)) found.push(each);
    if (each.type === 'BlockStatement') return;
    for (const [name, member] of Object.entries(each)) visit(member, `${each.type}.${name}`);
  };
  visit(node, '');
  return found.toSorted((a, b) => a.start - b.start);
}

const TYPE_PLACES = new Set([
  'ClassDeclaration.superClass',
  'TSClassImplements.expression',
  'TSInterfaceHeritage.expression',
  'TSTypeQuery.exprName',
  'TSTypeReference.typeName',
]);

function tokensOf(
  [start, end]: readonly [start: number, end: number],
  { comments, text }: SourceFile,
  names: readonly SyntaxNode[],
  resolve: Resolve,
): readonly RuntimeToken[] {
  const last = text.slice(start, end).trimEnd().length + start;
  const cuts = [
    ...comments.map((comment) => ({ ...wholeLines(comment, text), token: undefined })),
    ...names.flatMap((name) => {
      const meaning = resolve(name['name']);
      return meaning
        ? [{ start: name.start, end: name.end, token: { text: name['name'] as string, ...meaning } }]
        : [];
    }),
  ]
    .filter((cut) => cut.start >= start && cut.end <= last)
    .toSorted((a, b) => a.start - b.start);
  const tokens: RuntimeToken[] = [];
  let place = start;
  for (const cut of cuts) {
    if (cut.start < place) continue;
    tokens.push({ text: text.slice(place, cut.start) });
    if (cut.token) tokens.push(cut.token);
    place = cut.end;
  }
  return [...tokens, { text: text.slice(place, last) }];
}

/** A comment that has lines of its own goes with them. */
function wholeLines(comment: { readonly start: number; readonly end: number }, text: string) {
  const before = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, comment.start));
  const after = /^[ \t]*\n/.exec(text.slice(comment.end));
  if (before === null || after === null) return comment;
  return { start: comment.start - (before[1]?.length ?? 0), end: comment.end + after[0].length };
}

function joinTexts(tokens: readonly RuntimeToken[]): readonly RuntimeToken[] {
  const joined: RuntimeToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const isText = token.symbol === undefined && token.source === undefined;
    if (isText && last !== undefined && last.symbol === undefined && last.source === undefined) {
      joined[joined.length - 1] = { text: last.text + token.text };
    } else joined.push(token);
  }
  return joined
    .map((token) => ({
      ...token,
      text: token.text.replaceAll(/[ \t]+(?=\n)/g, '').replaceAll(/\n{2,}/g, '\n'),
    }))
    .filter(({ text }) => text !== '');
}
