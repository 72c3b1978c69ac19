import { ModelError } from '@latchkey/smithy';
import { HttpProblem } from './http-problem.ts';
import { ownModels } from './package-files.ts';
import { renderProblemPage } from './pages/problem-page.ts';
import { ReferenceLibrary } from './reference/reference-library.ts';
import type { RenderContext } from './render-context.ts';
import type { Rendered, RenderRequest, RenderSettings } from './render-messages.ts';
import { renderByRoute } from './render-routes.ts';
import { renderText } from './rendered-answers.ts';
import { SearchFile } from './search/search-file.ts';
import { ServiceLibrary } from './service-library.ts';

export interface Renderer {
  /** Answers what is wrong with a request or a model, too; rejects only for an internal failure. */
  render(request: RenderRequest): Promise<Rendered>;
}

export function createRenderer(
  { baseUrl, models, searchIndex }: RenderSettings,
  library = new ServiceLibrary([...models, ownModels]),
): Renderer {
  const context: RenderContext = {
    library,
    references: new ReferenceLibrary(library),
    searchFile: new SearchFile(searchIndex),
    baseUrl,
  };
  return {
    async render(request) {
      if (request.isStale) library.refresh();
      try {
        return (await renderByRoute(request, context)) ?? (await renderNotFound(request));
      } catch (error) {
        return await renderProblem(asProblem(error), request);
      }
    },
  };
}

function renderNotFound(request: RenderRequest): Promise<Rendered> | Rendered {
  const advice =
    'Modules are at /v0.4/services, their reference at /v0.4/docs, their runtime at /v0.4/client/mod.ts.';
  return renderProblem(new HttpProblem(404, `There is nothing at ${request.path}`, advice), request);
}

function renderProblem(problem: HttpProblem, { forPerson }: RenderRequest): Promise<Rendered> | Rendered {
  if (forPerson) return renderProblemPage(problem);
  const { status, heading, adviceAsText } = problem;
  return renderText(status, `${heading}\n${adviceAsText}\n`);
}

/** @throws {unknown} the error itself when it is an internal failure */
function asProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (!(error instanceof ModelError)) throw error;
  return new HttpProblem(
    422,
    `The model of this service cannot be used: ${error.message}`,
    'Correct the model, or remove it from the directories under "models" in the configuration.',
    { cause: error },
  );
}
