/** What the main thread and the render thread (`render-thread.ts`) send each other. */

import type { Brand } from '../branding/brand.ts';

/** A request for something that is rendered from models. */
export interface RenderRequest {
  /** Percent-decoded, e.g. `/v0.4/services/ssooidc.ts`. */
  readonly path: string;
  /** As received, without `?`. */
  readonly query: string;
  /** Whether a browser shows the answer to a person: the header `accept` names `text/html`. */
  readonly forPerson: boolean;
  /** Whether source files have changed since the last answer to this request. */
  readonly isStale: boolean;
}

/** An answer, the same for everyone who sends the same request. */
export interface Rendered {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Besides the content type, e.g. `location`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The files that the answer was rendered from: it is current as long as none of them changes. */
  readonly sources: readonly SourceFile[];
  /** Whether the answer may be another one next time, though none of the files has changed. */
  readonly isTransient?: true;
  /** Whether the answer at this URL never changes, so that it may be kept for ever. */
  readonly isImmutable?: true;
  /** Whether search engines may list the page where the configuration lets them. */
  readonly isListable?: true;
}

export interface SourceFile {
  readonly path: string;
  /** Time of the last change, in milliseconds since the Unix epoch. */
  readonly mtimeMs: number;
}

/** Tells the thread to forget what it has read: what is rendered after this comes from the files as they are then. */
export const FORGET = 'forget';

/** What the thread is started with. */
export interface RenderSettings {
  /** The origin that import statements name. */
  readonly baseUrl: string;
  readonly brand: Brand;
  /** Directories of models, besides Latchkey's own. */
  readonly models: readonly string[];
  /** Path of the search index. */
  readonly searchIndex: string;
}

/** The thread's reply to a request. */
export type RenderReply = { readonly rendered: Rendered } | { readonly failure: unknown };
