import type { PathParameters } from './module-url.ts';
import type { ReferenceLibrary } from './reference/reference-library.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import type { SearchFile } from './search/search-file.ts';
import type { ServiceLibrary } from './service-library.ts';

/** Renders one kind of answer. @returns undefined when there is nothing at the path */
export type Render = (
  request: RenderRequest,
  parameters: PathParameters,
  context: RenderContext,
) => Rendered | undefined | Promise<Rendered | undefined>;

/** What every `Render` works with. */
export interface RenderContext {
  readonly library: ServiceLibrary;
  readonly references: ReferenceLibrary;
  readonly searchFile: SearchFile;
  /** The origin that import statements name. */
  readonly baseUrl: string;
}
