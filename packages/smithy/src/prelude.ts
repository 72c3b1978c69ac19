import type { Shape, SimpleType } from './shape.ts';

const namespace = 'smithy.api';

const simpleShapes: Readonly<Record<string, SimpleType>> = {
  Blob: 'blob',
  Boolean: 'boolean',
  PrimitiveBoolean: 'boolean',
  String: 'string',
  Byte: 'byte',
  PrimitiveByte: 'byte',
  Short: 'short',
  PrimitiveShort: 'short',
  Integer: 'integer',
  PrimitiveInteger: 'integer',
  Long: 'long',
  PrimitiveLong: 'long',
  Float: 'float',
  PrimitiveFloat: 'float',
  Double: 'double',
  PrimitiveDouble: 'double',
  BigInteger: 'bigInteger',
  BigDecimal: 'bigDecimal',
  Timestamp: 'timestamp',
  Document: 'document',
};

/** Smithy's prelude: shapes that every model may target without defining them. */
export const prelude: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...Object.entries(simpleShapes).map(([name, type]): [string, Shape] => {
    const id = `${namespace}#${name}`;
    return [id, { id, type, traits: {} }];
  }),
  [`${namespace}#Unit`, { id: `${namespace}#Unit`, type: 'structure', members: new Map(), traits: {} }],
]);
