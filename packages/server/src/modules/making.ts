/** What the module server is asked for. Everything that is slow happens in a thread of its own, from this. */
export interface MakeRequest {
  /** Percent-decoded, e.g. `/v0.4/services/ssooidc.ts`. */
  readonly path: string;
  /** As received, without `?`. */
  readonly query: string;
  /** Whether a person looks at it, in a browser. */
  readonly forPerson: boolean;
  /** Whether files have changed since the last answer. */
  readonly isStale: boolean;
}

/** An answer that holds for everyone who asks the same. */
export interface Made {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Besides the content type, e.g. `location`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The files it was made from: it holds as long as none of them changes. */
  readonly sources: readonly SourceFile[];
}

export interface SourceFile {
  readonly path: string;
  /** When it was last changed. */
  readonly mtimeMs: number;
}

/** What the thread starts with. */
export interface MakerSettings {
  /** The origin that import lines name. */
  readonly baseUrl: string;
  /** Directories of models, besides Latchkey's own. */
  readonly models: readonly string[];
}
