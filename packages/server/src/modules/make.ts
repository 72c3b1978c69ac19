import { ModelError } from '@latchkey/smithy';
import { renderIntellisense } from './intellisense.ts';
import { makeClientModule } from './make-client-module.ts';
import { makeCompletions } from './make-completions.ts';
import type { Made, MakeRequest, MakerSettings } from './making.ts';
import { json, text } from './media-types.ts';
import { ownModels } from './package-files.ts';
import { makePage } from './pages/make-page.ts';
import { makeProblemPage } from './pages/problem-page.ts';
import { redirect } from './pages/redirect.ts';
import { makeRuntimePage } from './pages/runtime-page.ts';
import { Problem } from './problem.ts';
import { ReferenceLibrary } from './reference/reference-library.ts';
import { makeRuntimeSource } from './runtime-source.ts';
import { ServiceLibrary } from './service-library.ts';
import type { Tools } from './tools.ts';

/** The name of a service as that of its class, where it has small letters only. */
const CAPITALS = /^(\/v0\.4\/(?:services|docs)\/)(?=[a-z\d-]*[A-Z])([\w-]+)(.*)$/;

export interface Workshop {
  /** Answers what is wrong with a request, too; rejects only for what is our own fault. */
  make(request: MakeRequest): Promise<Made>;
}

export function createWorkshop({ models, baseUrl }: MakerSettings): Workshop {
  const library = new ServiceLibrary([...models, ownModels]);
  const tools: Tools = { library, references: new ReferenceLibrary(library), baseUrl };
  return {
    async make(request) {
      if (request.isStale) tools.library.refresh();
      try {
        return await answer(request, tools);
      } catch (error) {
        const problem = asProblem(error);
        return request.forPerson ? makeProblemPage(problem) : makeProblemText(problem);
      }
    },
  };
}

async function answer(request: MakeRequest, tools: Tools): Promise<Made> {
  const { path, query } = request;
  if (path === '/.well-known/deno-import-intellisense.json') {
    return fixed(renderIntellisense(tools.baseUrl));
  }
  const [, folder, name, rest = ''] = CAPITALS.exec(path) ?? [];
  if (folder !== undefined && name !== undefined) {
    return redirect(`${folder}${name.toLowerCase()}${encodeURI(rest)}${query === '' ? '' : `?${query}`}`);
  }
  const runtimeSource = await makeRuntimeSource(path);
  if (runtimeSource !== undefined && request.forPerson) return makeRuntimePage(path, runtimeSource);
  const made =
    runtimeSource ??
    (await makeCompletions(path, tools)) ??
    (request.forPerson ? undefined : await makeClientModule(request, tools)) ??
    (await makePage(request, tools));
  if (made !== undefined) return made;
  throw new Problem(
    404,
    `There is nothing at ${path}`,
    'Modules are at /v0.4/services, their reference at /v0.4/docs.',
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof ModelError)) throw error;
  return new Problem(
    422,
    `The model of this service cannot be used: ${error.message}`,
    'Mend the model, or take it out of the directories under "models" in the configuration.',
    { cause: error },
  );
}

function makeProblemText({ status, heading, advice }: Problem): Made {
  return { status, contentType: text, body: `${heading}\n${advice}\n`, headers: {}, sources: [] };
}

function fixed(body: string): Made {
  return { status: 200, contentType: json, body, headers: {}, sources: [] };
}
