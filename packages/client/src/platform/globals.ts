/** What runtimes have beyond the Web platform, as far as it is used here. */
interface Globals {
  readonly process?: {
    readonly platform?: string;
    readonly versions?: Readonly<Record<string, string | undefined>>;
    readonly env?: Readonly<Record<string, string | undefined>>;
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
  /** Of a page, or of a worker that one has. */
  readonly location?: { readonly origin: string };
  readonly WebSocketPair?: unknown;
}

export const globals: Globals = globalThis;
