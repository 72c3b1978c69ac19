import type { StructureSchema } from './schema.ts';

/** Cache of compiled structures: each structure is compiled once, also where it contains itself. */
export class CompiledStructures<Parameters extends readonly unknown[], Result> {
  readonly #compiled = new Map<StructureSchema, (...parameters: Parameters) => Result>();

  once(
    schema: StructureSchema,
    compile: () => (...parameters: Parameters) => Result,
  ): (...parameters: Parameters) => Result {
    const known = this.#compiled.get(schema);
    if (known !== undefined) return known;
    let compiled: ((...parameters: Parameters) => Result) | undefined;
    this.#compiled.set(schema, (...parameters) => {
      if (compiled === undefined) throw new TypeError(`${schema.name} was used while it was being compiled`);
      return compiled(...parameters);
    });
    compiled = compile();
    this.#compiled.set(schema, compiled);
    return compiled;
  }
}
