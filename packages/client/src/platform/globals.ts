/** Globals that only some runtimes have, as far as they are used here. */
interface Globals {
  readonly process?: {
    readonly platform?: string;
    readonly versions?: Readonly<Record<string, string | undefined>>;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly getBuiltinModule?: unknown;
  };
  readonly Deno?: {
    readonly env: { get(name: string): string | undefined };
    readonly permissions: {
      querySync(query: {
        readonly name: string;
        readonly variable?: string;
        readonly path?: string;
        readonly kind?: string;
      }): { readonly state: string };
    };
  };
  /** Location of a page, or of one of its workers. */
  readonly location?: { readonly origin: string };
  readonly WebSocketPair?: unknown;
}

export const globals: Globals = globalThis;
