import type { ReferenceResolver } from '@latchkey/codegen';
import type { ReferenceIndex } from '../../reference/reference-index.ts';
import { urlOfLine } from '../../source-lines.ts';

/** The URLs of the pages of a service's reference, of its module and of the runtime. */
export class ReferenceUrls {
  readonly #index: ReferenceIndex;
  readonly #baseUrl: string;
  /** The service's name in URLs: `ssooidc`, or `ssooidc@2019-06-10`. */
  readonly name: string;

  constructor(index: ReferenceIndex, { name, baseUrl }: { readonly name: string; readonly baseUrl: string }) {
    this.#index = index;
    this.#baseUrl = baseUrl;
    this.name = name;
  }

  get overview(): string {
    return `/v0.4/docs/${this.name}`;
  }

  /** The page of the module. */
  get module(): string {
    return `/v0.4/services/${this.name}`;
  }

  /** The URL of the module, which a program imports. */
  get moduleUrl(): string {
    return `${this.#baseUrl}${this.#source}`;
  }

  /** The URL of the runtime, which a program imports to construct clients. */
  get runtimeUrl(): string {
    return `${this.#baseUrl}/v0.4/client/mod.ts`;
  }

  /** The URL of the module with a client for one operation alone. */
  clientUrl(operation: string): string {
    return `${this.#baseUrl}${this.module}.ts?docs=full&actions=${encodeURIComponent(operation)}`;
  }

  get #source(): string {
    return `${this.module}.ts?docs=full`;
  }

  source(line: number): string {
    return urlOfLine(this.#source, line);
  }

  symbol(name: string): string {
    return `${this.overview}/${encodeURIComponent(name)}`;
  }

  /** A page of a list of the overview, by the id of its heading there. */
  list(id: string, part: number): string {
    return `${this.overview}/${id}${part === 1 ? '' : `-${part}`}`;
  }

  /** The place of a member: a method on the page of its operation, any other on the page of its symbol. */
  member(symbol: string, member: string): string {
    if (symbol === this.#index.reference.client.name) return this.method(member);
    const page = this.symbol(symbol);
    return this.#index.hasMember(symbol, member) ? `${page}#${encodeURIComponent(member)}` : page;
  }

  method(name: string): string {
    const [first] = this.#index.findOperationOfMethod(name)?.methods ?? [];
    const { client } = this.#index.reference;
    if (first === undefined) return `${this.symbol(client.name)}#${encodeURIComponent(name)}`;
    const page = this.symbol(`${client.name}.${first.name}`);
    return first.name === name ? page : `${page}#${encodeURIComponent(name)}`;
  }

  /** The page of an operation on the wire, by its plain method. */
  wire(method: string): string {
    return `${this.symbol(`${this.#index.reference.client.name}.${method}`)}/wire`;
  }

  /** @returns the URL of what documentation names: an operation, a shape, or a member as `Shape$member` */
  readonly resolve: ReferenceResolver = (name) => {
    const operation = this.#index.findOperation(name)?.methods[0];
    if (operation !== undefined) return this.method(operation.name);
    const [shape = '', member] = name.split('$');
    const symbol = this.#index.findSymbolOfShape(shape);
    if (symbol === undefined) return undefined;
    return member === undefined ? this.symbol(symbol.name) : this.member(symbol.name, member);
  };
}
