import { nameIn } from '@latchkey/smithy';
import type { Schema } from '@latchkey/wire';
import { printLiteral, type Reference } from '../literal.ts';
import { camelCase } from '../names.ts';
import { getSchema } from '../schema-library.ts';
import type { ClientInput } from './client-input.ts';
import { constant, type Declaration, type Piece } from './piece.ts';

export interface EmittedSchemas {
  readonly declaration: Declaration;
  /** Prints a schema as the name of its constant. */
  readonly reference: Reference;
}

/** Declares a constant for the schema of each shape. Equal schemas share one. */
export function emitSchemas(input: ClientInput): EmittedSchemas {
  const { claim, closure, imports, library, service } = input;
  const names = new Map<unknown, string>();
  const byText = new Map<string, string>();
  const wanted = new Map(
    closure.map(({ id }) => [getSchema(library, id), `${camelCase(nameIn(service, id))}Schema`] as const),
  );
  const nameOfLater = (schema: Schema) => {
    const name = names.get(schema) ?? claim(wanted.get(schema) ?? 'schema');
    names.set(schema, name);
    return name;
  };
  const reference: Reference = (value) =>
    // The target of a recursive member is a function, as its constant is declared later.
    typeof value === 'function' ? `() => ${nameOfLater(value())}` : names.get(value);

  const constants: Piece[] = [];
  for (const schema of wanted.keys()) {
    const print = (taken: number) =>
      printLiteral(schema, (value) => (value === schema ? undefined : reference(value)), '', taken);
    const text = print(0);
    const alike = byText.get(text);
    const isReferred = names.has(schema);
    if (alike !== undefined && !isReferred) {
      names.set(schema, alike);
      continue;
    }
    const name = isReferred || 'name' in schema ? nameOfLater(schema) : claimFor(schema);
    names.set(schema, name);
    byText.set(text, name);
    const type = imports.use('hiddenType', typeOfSchema(schema));
    constants.push(
      constant(name, type, text.includes('\n') ? text : print(`const ${name}: ${type} = ;`.length)),
    );
  }
  return { declaration: constants, reference };

  /** Reserves the name of a schema's constant. One without traits may serve many shapes, so it is named after its type. */
  function claimFor(schema: Schema): string {
    return claim(contentName(schema) ?? wanted.get(schema) ?? 'schema');
  }

  function contentName(schema: Schema): string | undefined {
    if (schema.traits !== undefined) return undefined;
    if (schema.type !== 'list' && schema.type !== 'map') return `${schema.type}Schema`;
    const item = schema.type === 'list' ? schema.member : schema.value;
    const itemName = names.get(item.target);
    if (itemName === undefined || item.traits !== undefined) return undefined;
    return itemName.replace(/(?:Schema)?_*$/, schema.type === 'list' ? 'ListSchema' : 'MapSchema');
  }
}

function typeOfSchema(schema: Schema): 'Schema' | 'StructureSchema' | 'ErrorSchema' {
  if (schema.type !== 'structure' && schema.type !== 'union') return 'Schema';
  return 'fault' in schema ? 'ErrorSchema' : 'StructureSchema';
}
