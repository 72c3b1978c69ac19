import { renderClientModule } from './client-module.ts';
import {
  renderCompletions,
  renderGenerationCompletions,
  renderImportIntellisense,
} from './editor-completions.ts';
import { renderReference, renderWire } from './pages/reference/render-reference.ts';
import { renderRuntimeReference } from './pages/runtime/render-runtime-reference.ts';
import { renderRuntimePage } from './pages/runtime-page.ts';
import { renderSearchJson, renderSearchPage } from './pages/search-page.ts';
import { renderServiceListPage } from './pages/service-list-page.ts';
import { renderServicePage } from './pages/service-page.ts';
import type { Render, RenderContext } from './render-context.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { renderRuntimeFile, renderRuntimeModule } from './runtime-module.ts';
import { renderUnifiedModule } from './unified-module.ts';

interface RenderRoute {
  /** Matched against the whole path, percent-decoded; its named groups are the parameters. */
  readonly path: RegExp;
  readonly render: Render;
  /** Renders the answer for a browser. Default: `render`. */
  readonly renderPage?: Render;
}

/** The first route whose pattern matches the path answers. */
const routes: readonly RenderRoute[] = [
  { path: /^\/\.well-known\/deno-import-intellisense\.json$/, render: renderImportIntellisense },
  {
    path: /^\/v0\.4\/completions\/(?<list>services|client)(?:\/(?<name>[\w@.-]+))?$/,
    render: renderCompletions,
  },
  {
    path: /^\/\.completions\/(?<list>generations|sdks)(?:\/(?<name>v[\d.]+)\/modules)?\/list\.json$/,
    render: renderGenerationCompletions,
  },
  { path: /^\/v0\.4\/search\/?$/, render: renderSearchPage },
  { path: /^\/v0\.4\/search\.json$/, render: renderSearchJson },
  { path: /^\/v0\.4\/services\/?$/, render: renderServiceListPage },
  { path: /^\/v0\.4\/docs$/, render: renderServiceListPage },
  { path: /^\/v0\.4\/services\/mod\.(?<extension>js|ts|d\.ts)$/, render: renderUnifiedModule },
  {
    path: /^\/v0\.4\/services\/(?<service>[^/]+\.[jt]s)$/,
    render: renderClientModule,
    renderPage: renderServicePage,
  },
  { path: /^\/v0\.4\/services\/(?<service>[^/]+)$/, render: renderServicePage },
  { path: /^\/v0\.4\/docs\/client(?:\/(?<symbol>[^/]+))?\/?$/, render: renderRuntimeReference },
  { path: /^\/v0\.4\/docs\/(?<service>[^/]+)\/(?<symbol>[^/]+)\/wire\/?$/, render: renderWire },
  { path: /^\/v0\.4\/docs\/(?<service>[^/]+)(?:\/(?<symbol>[^/]+))?\/?$/, render: renderReference },
  { path: /^\/v0\.4\/client\/(?<name>runtime-[0-9a-f]{16}\.js)$/, render: renderRuntimeFile },
  {
    path: /^\/v0\.4\/(?<folder>client|wire)\/(?<name>(?:[\w-]+\/)*[\w-]+)\.(?<extension>[jt]s)$/,
    render: renderRuntimeModule,
    renderPage: renderRuntimePage,
  },
];

/** @returns undefined when no route has the path, or there is nothing at it */
export async function renderByRoute(
  request: RenderRequest,
  context: RenderContext,
): Promise<Rendered | undefined> {
  for (const { path, render, renderPage = render } of routes) {
    const match = path.exec(request.path);
    if (match === null) continue;
    return (request.forPerson ? renderPage : render)(request, match.groups ?? {}, context);
  }
  return undefined;
}
