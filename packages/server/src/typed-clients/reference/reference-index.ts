import type { OperationReference, ReferenceSymbol, ServiceReference } from '@latchkey/codegen';

/** The reference of a service, with its symbols and operations by name. */
export class ReferenceIndex {
  readonly reference: ServiceReference;
  readonly #symbols: ReadonlyMap<string, ReferenceSymbol>;
  readonly #symbolsByShape: ReadonlyMap<string, ReferenceSymbol>;
  readonly #operationsByMethod: ReadonlyMap<string, OperationReference>;
  readonly #operations: ReadonlyMap<string, OperationReference>;

  constructor(reference: ServiceReference) {
    const { client, symbols } = reference;
    this.reference = reference;
    this.#symbols = new Map(symbols.map((symbol) => [symbol.name, symbol]));
    this.#symbolsByShape = new Map(
      symbols
        .filter(({ kind }) => kind !== 'error union')
        .map((symbol) => [symbol.shapeId.replace(/^.*#/, ''), symbol]),
    );
    this.#operations = new Map(client.operations.map((operation) => [operation.name, operation]));
    this.#operationsByMethod = new Map(
      client.operations.flatMap((operation) => operation.methods.map(({ name }) => [name, operation])),
    );
  }

  /** Finds a symbol by its name in the module. */
  findSymbol(name: string): ReferenceSymbol | undefined {
    return this.#symbols.get(name);
  }

  /** Finds a symbol by the name of its shape in the model, without namespace. */
  findSymbolOfShape(name: string): ReferenceSymbol | undefined {
    return this.#symbolsByShape.get(name);
  }

  /** Whether the page of a symbol has such a property or value. It has no errors of a stream, which are thrown. */
  hasMember(symbol: string, member: string): boolean {
    const found = this.#symbols.get(symbol);
    if (found === undefined) return false;
    const members = 'properties' in found ? found.properties : 'values' in found ? found.values : [];
    return members.some(({ name }) => name === member);
  }

  /** Finds an operation by its name in the model, e.g. `CreateToken`. */
  findOperation(name: string): OperationReference | undefined {
    return this.#operations.get(name);
  }

  /** Finds an operation by any method of the client that calls it. */
  findOperationOfMethod(method: string): OperationReference | undefined {
    return this.#operationsByMethod.get(method);
  }
}
