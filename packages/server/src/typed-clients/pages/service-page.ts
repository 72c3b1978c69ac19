import { nameOf, operationsOf } from '@latchkey/smithy';
import { html } from 'hono/html';
import { type Html, renderCommand } from '../../web/html.ts';
import { generateModule } from '../client-module.ts';
import {
  type ModuleOptions,
  type PathParameters,
  parseModuleOptions,
  parseServiceName,
  renderModuleOptions,
} from '../module-url.ts';
import type { RenderContext } from '../render-context.ts';
import type { Rendered, RenderRequest } from '../render-messages.ts';
import { redirect } from '../rendered-answers.ts';
import { nameInUrl, type ServiceEntry, titleOf } from '../service-entry.ts';
import { findSymbolUrl } from '../source-lines.ts';
import { nameHeading } from './breakable.ts';
import { renderHtmlPage } from './html-page.ts';
import { codeBlock } from './reference/code.ts';
import { linesOf, renderSource } from './source.ts';

const FOLDER = '/v0.4/services/';

/**
 * The page of a service: what it is, the statements that import its module, the module's options and its source.
 *
 * @returns undefined when the path cannot be that of a service
 */
export async function renderServicePage(
  { query }: RenderRequest,
  { service: segment = '' }: PathParameters,
  context: RenderContext,
): Promise<Rendered | undefined> {
  const service = parseServiceName(segment);
  if (service === undefined) return undefined;
  const options = parseModuleOptions(query);
  const { entry, file } = await context.library.get(service);
  const model = await context.library.read(file);
  const { typescript } = generateModule(model, file.serviceId, options);
  const operations = operationsOf(model, model.getService(file.serviceId)).map(({ id }) => nameOf(id));
  const name = nameInUrl(entry, service);
  const path = `${FOLDER}${name}.ts${renderModuleOptions(options)}`;
  const url = `${context.baseUrl}${path}`;
  const lines = linesOf(typescript);
  const parameters = new URLSearchParams(query);
  const ofSymbol = findSymbolUrl(parameters, lines, path);
  if (ofSymbol !== undefined) return redirect(ofSymbol);
  return renderHtmlPage(
    {
      title: entry.className,
      main: html`<p class="crumbs"><a href="/v0.4/docs">Services</a> / ${name}</p>
${nameHeading(entry.className)}
<p class="lead">${titleOf(entry)}, version <span class="whole-word">${file.version}</span>. Generated from <code>${file.serviceId}</code>.
<a href="/v0.4/docs/${name}">Reference</a></p>
${renderVersions(entry, file.version)}
<h2>Import</h2>
${codeBlock(
  `import { ApiFactory } from "${context.baseUrl}/v0.4/client/mod.ts";
import { ${entry.className} } from "${url}";`,
  { class: 'import' },
)}
${renderForms(name, options)}
${renderOptions(name, options, operations)}
<h2 id="source">Source</h2>
${renderSource({ lines, pageOf: (symbol) => `/v0.4/docs/${name}/${encodeURIComponent(symbol)}`, parameters, url: path })}`,
    },
    [{ path: file.path, mtimeMs: file.mtimeMs }],
  );
}

function renderVersions({ moduleName, files }: ServiceEntry, current: string): Html | undefined {
  if (files.length < 2) return undefined;
  return html`<p>Versions: ${files.map(({ version }) =>
    version === current
      ? html`<strong>${version}</strong> `
      : html`<a href="${FOLDER}${moduleName}@${version}">${version}</a> `,
  )}</p>`;
}

function renderForms(name: string, options: ModuleOptions): Html {
  const query = renderModuleOptions(options);
  return html`<p>The same as <a href="${FOLDER}${name}.js${query}">JavaScript</a> with
<a href="${FOLDER}${name}.d.ts${query}">declarations</a>, or in a file:</p>
<pre class="declaration">${renderCommand(commandOf(name, options))}</pre>`;
}

/** The command that writes the module. */
function commandOf(name: string, { docs, actions, longs }: ModuleOptions): string {
  const chosen = actions === undefined ? '' : ` --actions ${shellWord(actions.join(','))}`;
  const integers = longs === undefined ? '' : ` --longs ${longs}`;
  return `latchkey generate ${name}${chosen} --docs ${docs}${integers} --out ${name}.ts`;
}

function shellWord(word: string): string {
  return /^[\w,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function renderOptions(name: string, { docs, actions }: ModuleOptions, operations: readonly string[]): Html {
  const chosen = new Set(actions);
  return html`<form class="options" action="${FOLDER}${name}.ts">
<fieldset>
<legend>Documentation in the module</legend>
<div class="row">
${(['none', 'short', 'full'] as const).map(
  (level) =>
    html`<label><input type="radio" name="docs" value="${level}"${level === docs ? html` checked` : ''}> ${level}</label>
`,
)}
</div>
</fieldset>
<details${actions === undefined ? '' : html` open`}>
<summary>Operations: ${actions === undefined ? `all ${operations.length}` : `${actions.join(', ')}`}</summary>
<fieldset>
<legend class="spoken">Only these operations; all when none is chosen</legend>
<div class="operations">
${operations.toSorted().map(
  (operation) =>
    html`<label><input type="checkbox" name="actions" value="${operation}"${chosen.has(operation) ? html` checked` : ''}> ${operation}</label>
`,
)}
</div>
</fieldset>
</details>
<button>Show the module</button>
</form>`;
}
