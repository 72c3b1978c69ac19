/** What `deno doc --json` tells of a module, as far as pages are compared with it. */
export interface DocSymbol {
  readonly name: string;
  readonly declarations: readonly DocDeclaration[];
}

interface DocDeclaration extends DocNode {
  readonly kind: 'class' | 'interface' | 'typeAlias';
  readonly def: {
    readonly properties?: readonly DocProperty[];
    readonly methods?: readonly DocMethod[];
    readonly constructors?: readonly DocNode[];
    readonly tsType?: DocType;
  };
}

export interface DocNode {
  readonly name: string;
  /** Lines count from 0. */
  readonly location: { readonly line: number };
  readonly jsDoc?: {
    readonly doc?: string;
    readonly tags?: readonly { readonly doc?: string; readonly tsType?: DocType }[];
  };
}

export interface DocProperty extends DocNode {
  readonly optional?: boolean;
  readonly tsType: DocType;
}

export interface DocMethod extends DocNode {
  readonly functionDef: {
    readonly params: readonly DocParameter[];
    readonly returnType: DocType;
  };
}

/** One that has a default is told as an assignment. */
type DocParameter = DocProperty | { readonly left: DocProperty };

/** A type; which of the rest there is depends on the kind. */
export type DocType =
  | { readonly kind: 'keyword'; readonly repr: string }
  | {
      readonly kind: 'literal';
      readonly value: { readonly kind: string; readonly string?: string; readonly number?: number };
    }
  | {
      readonly kind: 'typeRef';
      readonly value: { readonly typeName: string; readonly typeParams?: readonly DocType[] };
    }
  | { readonly kind: 'union' | 'intersection'; readonly value: readonly DocType[] }
  | { readonly kind: 'array' | 'parenthesized'; readonly value: DocType }
  | {
      readonly kind: 'typeOperator';
      readonly value: { readonly operator: string; readonly tsType: DocType };
    }
  | {
      readonly kind: 'typeLiteral';
      readonly value: {
        readonly properties?: readonly DocProperty[];
        readonly indexSignatures?: readonly {
          readonly params: readonly DocProperty[];
          readonly tsType: DocType;
        }[];
      };
    };

export function parseDocs(json: string): readonly DocSymbol[] {
  const { nodes } = JSON.parse(json) as { nodes: Record<string, { symbols: readonly DocSymbol[] }> };
  return Object.values(nodes).flatMap(({ symbols }) => symbols);
}

/** The properties of a symbol, those of the type that a union is made from included. */
export function propertiesIn(type: DocType): readonly DocProperty[] {
  if (type.kind === 'typeLiteral') return type.value.properties ?? [];
  return type.kind === 'typeRef' ? (type.value.typeParams ?? []).flatMap(propertiesIn) : [];
}

/** Prints a type without spaces. */
export function printType(type: DocType): string {
  switch (type.kind) {
    case 'keyword':
      return type.repr;
    case 'literal':
      return type.value.string === undefined ? String(type.value.number) : `'${type.value.string}'`;
    case 'typeRef': {
      const { typeName, typeParams = [] } = type.value;
      return typeParams.length === 0 ? typeName : `${typeName}<${typeParams.map(printType).join(',')}>`;
    }
    case 'union':
      return type.value.map(printType).join('|');
    case 'intersection':
      return type.value.map(printType).join('&');
    case 'array':
      return `${printType(type.value)}[]`;
    case 'typeOperator':
      return `${type.value.operator}${printType(type.value.tsType)}`;
    case 'parenthesized':
      return `(${printType(type.value)})`;
    case 'typeLiteral': {
      const { indexSignatures = [], properties = [] } = type.value;
      const signatures = indexSignatures.map(
        ({ params, tsType }) => `[${params.map(printProperty).join(',')}]:${printType(tsType)}`,
      );
      return `{${[...signatures, ...properties.map((each) => `${printProperty(each)};`)].join('')}}`;
    }
  }
}

export function printProperty({ name, optional, tsType }: DocProperty): string {
  return `${name}${optional ? '?' : ''}:${printType(tsType)}`;
}

export function printMethod({ name, functionDef: { params, returnType } }: DocMethod): string {
  return `${name}(${params.map(printParameter).join(',')}):${printType(returnType)}`;
}

function printParameter(parameter: DocParameter): string {
  return printProperty('left' in parameter ? { ...parameter.left, optional: true } : parameter);
}
