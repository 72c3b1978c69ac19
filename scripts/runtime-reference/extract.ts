import { globSync } from 'node:fs';
import type {
  DocComment,
  RuntimeGroup,
  RuntimeKind,
  RuntimeMember,
  RuntimeSymbol,
  SourcePlace,
} from '../../packages/server/src/typed-clients/runtime-reference/runtime-symbol.ts';
import { declarationOf, namesOfTypes, publicMembers, type Resolve } from './declaration.ts';
import { noComment, parseDocComment } from './doc-comment.ts';
import { type Declaration, type SourceFile, SourceFiles, type SyntaxNode } from './source-file.ts';

/** What programs import. Where two files export one name, the first has it. */
const forPrograms = [
  'mod',
  'core',
  'metadata',
  'middleware/*',
  'presign',
  'testing',
  'credentials',
  'credentials/default-chain',
  'credentials/from-{container,environment,ini,instance-metadata,process,sso,web-identity}',
  'extras/*',
  'endpoints',
];
/** What generated modules import besides. */
const forModules = [
  'paginate',
  'wait-for',
  'event-streams',
  'endpoint-discovery',
  'http2',
  'jmespath/evaluate',
  'protocols/*',
  'endpoints/standard',
  'endpoints/rules',
  'features/{api-gateway,glacier,http-checksums,machine-learning,measured-body,request-compression,route53,s3,s3-streams,sigv4a,sqs}',
];

interface Export {
  readonly name: string;
  readonly id: string;
  readonly declarations: readonly Declaration[];
  readonly entries: string[];
  readonly group: RuntimeGroup;
}

/** @returns every export of the runtime, and the types that those have which programs import; in alphabetical order */
export function extractRuntimeReference(packages: URL): readonly RuntimeSymbol[] {
  const files = new SourceFiles(packages);
  const exported = new Exports(files);
  for (const entry of listFiles(forPrograms, packages)) exported.addAll(entry, 'programs');
  for (const type of exported.usedTypes()) exported.add(type.file.path, type.name, 'types');
  for (const entry of listFiles(forModules, packages)) exported.addAll(entry, 'modules');
  const all = exported.list();
  return all
    .map((each) => describe(each, files, (file) => resolver(files, file, idsOf(all))))
    .toSorted((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
}

class Exports {
  readonly #files: SourceFiles;
  readonly #found = new Map<string, Export>();
  readonly #taken = new Set<string>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  list(): readonly Export[] {
    return [...this.#found.values()];
  }

  addAll(path: string, group: RuntimeGroup): void {
    for (const name of this.#files.read(path).exports.keys()) {
      if (!isInternal(path, name)) this.add(path, name, group);
    }
  }

  add(path: string, name: string, group: RuntimeGroup): void {
    const declarations = this.#files.resolveExport(path, name);
    const [first] = declarations;
    if (first === undefined) throw new Error(`${path} exports ${name}, which is not declared`);
    const key = `${keyOf(first)} ${name}`;
    const entry = path.replace(/\.ts$/, '');
    const known = this.#found.get(key);
    if (known !== undefined) {
      if (!known.entries.includes(entry)) known.entries.push(entry);
      return;
    }
    const id = this.#taken.has(name)
      ? `${entry.replace(/^client\//, '').replaceAll('/', '.')}.${name}`
      : name;
    this.#taken.add(name);
    this.#found.set(key, { name, id, declarations, entries: [entry], group });
  }

  /** The types that declarations name which are no exports yet, and those that these name. Grows while it is read. */
  *usedTypes(): Generator<Declaration> {
    const seen = new Set(this.list().flatMap(({ declarations }) => declarations.map(keyOf)));
    const waiting = this.list().flatMap(({ declarations }) => declarations);
    for (const { file, node } of waiting) {
      for (const name of namesOfTypes(node)) {
        for (const used of this.#files.resolveLocal(file, name)) {
          const isExported = used.file.exports.get(used.name) === used.name;
          const isType = /^(?:TSInterface|TSTypeAlias|Class)Declaration$/.test(used.node.type);
          if (!isExported || !isType || seen.has(keyOf(used))) continue;
          seen.add(keyOf(used));
          waiting.push(used);
          yield used;
        }
      }
    }
  }
}

/** Sources of credentials share functions with each other. */
function isInternal(path: string, name: string): boolean {
  return path.startsWith('client/credentials/') && /^(?!from|default)[a-z]/.test(name);
}

/** The page of what is declared at each place: the one of its own name. */
function idsOf(exported: readonly Export[]): ReadonlyMap<string, string> {
  return new Map(
    exported.flatMap(({ declarations, id, name }) =>
      declarations.filter((each) => each.name === name).map((each) => [keyOf(each), id] as const),
    ),
  );
}

function listFiles(patterns: readonly string[], packages: URL): readonly string[] {
  return patterns.flatMap((pattern) =>
    globSync(`client/src/${pattern}.ts`, { cwd: packages })
      .filter((file) => !/\.(?:test|test-d|web)\.ts$/.test(file))
      .map((file) => file.replaceAll('\\', '/').replace('client/src/', 'client/'))
      .toSorted(),
  );
}

function resolver(files: SourceFiles, file: SourceFile, ids: ReadonlyMap<string, string>): Resolve {
  return (name) => {
    const [first] = files.resolveLocal(file, name);
    if (first === undefined) return undefined;
    const symbol = ids.get(keyOf(first));
    return symbol === undefined ? { source: placeOf(first.start, first.file) } : { symbol };
  };
}

function describe(
  { declarations, entries, group, id, name }: Export,
  files: SourceFiles,
  resolveIn: (file: SourceFile) => Resolve,
): RuntimeSymbol {
  const [first] = declarations as readonly [Declaration, ...Declaration[]];
  const { file, node, start } = first;
  const comments = declarations.map((each) => commentBefore(each.start, each.file));
  const ownComment = comments.find(({ text }) => text !== '') ?? comments[0] ?? noComment;
  return {
    id,
    name,
    kind: kindOf(node),
    entries,
    group,
    source: placeOf(start, file),
    comment:
      first.name === name
        ? ownComment
        : { ...ownComment, text: `Another name of \`${first.name}\`. ${ownComment.text}` },
    declaration: declarations.flatMap((each, index) => [
      ...(index === 0 ? [] : [{ text: '\n\n' }]),
      ...declarationOf(each.node, each.file, resolveIn(each.file)),
    ]),
    members: declarations.flatMap((each) => membersWithInherited(each, files, resolveIn)),
  };
}

/** The members of a declaration, then those that a class of the runtime hands down to it. */
function membersWithInherited(
  declaration: Declaration,
  files: SourceFiles,
  resolveIn: (file: SourceFile) => Resolve,
): readonly RuntimeMember[] {
  const { file, node } = declaration;
  const own = membersOf(declaration, resolveIn(file));
  const names = new Set(own.map(({ name }) => name));
  const base = node['superClass']?.name;
  const bases = typeof base === 'string' ? files.resolveLocal(file, base) : [];
  const inherited = bases.flatMap((each) => membersWithInherited(each, files, resolveIn));
  return [...own, ...inherited.filter(({ name }) => !names.has(name))];
}

function kindOf({ superClass, type }: SyntaxNode): RuntimeKind {
  switch (type) {
    case 'ClassDeclaration':
      return /Error$/.test(superClass?.name ?? '') ? 'error' : 'class';
    case 'TSInterfaceDeclaration':
      return 'interface';
    case 'TSTypeAliasDeclaration':
      return 'type alias';
    case 'VariableDeclarator':
      return 'constant';
    default:
      return 'function';
  }
}

function membersOf({ file, node }: Declaration, resolve: Resolve): readonly RuntimeMember[] {
  const kinds: Readonly<Record<string, RuntimeMember['kind']>> = {
    MethodDefinition: 'method',
    TSMethodSignature: 'method',
    Property: 'value',
  };
  return memberNodes(node).flatMap((member) => {
    const name = nameOf(member, file);
    if (name === undefined) return [];
    const isConstructor = member['kind'] === 'constructor';
    const isAccessor = member['kind'] === 'get' || member['kind'] === 'set';
    return {
      name: isConstructor ? 'new' : name,
      kind: isConstructor ? 'constructor' : isAccessor ? 'property' : (kinds[member.type] ?? 'property'),
      source: placeOf(member.start, file),
      comment: commentBefore(member.start, file),
      declaration: declarationOf(member, file, resolve),
    };
  });
}

function memberNodes(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'TSTypeAliasDeclaration') {
    const { typeAnnotation } = node;
    return typeAnnotation.type === 'TSTypeLiteral' ? typeAnnotation.members : [];
  }
  // An object `as const` is a list of values.
  if (node.type === 'VariableDeclarator') {
    const { init } = node;
    return init?.type === 'TSAsExpression' && init.expression.type === 'ObjectExpression'
      ? init.expression.properties
      : [];
  }
  return publicMembers(node);
}

function nameOf({ computed, key }: SyntaxNode, { text }: SourceFile): string | undefined {
  if (!key) return undefined;
  return computed ? `[${text.slice(key.start, key.end)}]` : (key.name ?? key.value);
}

/** The TSDoc comment that ends right before a place. */
function commentBefore(start: number, { comments, text }: SourceFile): DocComment {
  const comment = comments.findLast((each) => each.end <= start);
  const isOwn = comment?.value.startsWith('*') && text.slice(comment.end, start).trim() === '';
  return comment && isOwn ? parseDocComment(comment.value) : noComment;
}

function placeOf(start: number, { path, text }: SourceFile): SourcePlace {
  return { file: path, line: text.slice(0, start).split('\n').length };
}

function keyOf({ file, name }: Declaration): string {
  return `${file.path} ${name}`;
}
