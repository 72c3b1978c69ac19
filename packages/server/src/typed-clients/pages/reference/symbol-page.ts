import {
  type EnumSymbol,
  type ErrorUnionSymbol,
  type ReferenceSymbol,
  type StructureSymbol,
  textOf,
  type Use,
} from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { renderClassMembers } from './class-members.ts';
import { renderCode, renderImportLine, renderSourceLink } from './code.ts';
import { renderErrorFacts } from './errors.ts';
import { anchor, heading } from './heading.ts';
import { renderProperties } from './properties.ts';
import { renderDocumentation, renderFolded, renderNotes, renderSummary } from './prose.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';
import { kindNames } from './symbol-groups.ts';

/** Longer declarations are folded. */
const MAX_OPEN_LINES = 120;
/** Uses of a symbol beyond these are folded. */
const MAX_OPEN_USES = 40;

/** The page of an export of the module. */
export function renderSymbolPage(symbol: ReferenceSymbol, docs: ServiceDocs): Promise<Rendered> {
  const { kind, name } = symbol;
  return renderReferencePage(
    {
      title: name,
      current: name,
      description: `${kindNames[kind]}. ${textOf(symbol.summary)}`,
      main: html`<p class="kind">${kindNames[kind]}</p>
<h1>${name}</h1>
${renderNotes(symbol, { isLead: true })}
${renderImportLine(symbol, docs)}
${renderDocumentation(symbol.documentation, docs)}
${renderDeclaration(symbol, docs)}
${renderMembers(symbol, docs)}
${renderUses(symbol.usedBy, docs)}
<p class="aside">In the model: <code>${symbol.shapeId}</code></p>`,
    },
    docs,
  );
}

/** The declaration of a client with many methods is folded, because each method follows on the same page. */
function renderDeclaration({ declaration, line, name }: ReferenceSymbol, docs: ServiceDocs): Html {
  const code = html`<pre class="declaration"><code>${renderCode(declaration, docs)}</code></pre>`;
  const lines = declaration.reduce((sum, { text }) => sum + text.split('\n').length - 1, 1);
  return html`${heading('the-declaration', html`Declaration ${renderSourceLink(name, line, docs)}`)}
${lines <= MAX_OPEN_LINES ? code : html`<details class="whole"><summary>All ${lines} lines</summary>${code}</details>`}`;
}

function renderMembers(symbol: ReferenceSymbol, docs: ServiceDocs): Html {
  switch (symbol.kind) {
    case 'class':
      return renderClassMembers(symbol, docs);
    case 'interface':
    case 'union':
    case 'error class':
      return renderStructure(symbol, docs);
    case 'enum':
      return renderValues(symbol, docs);
    case 'error union':
      return renderUnionOfErrors(symbol, docs);
  }
}

function renderStructure(symbol: StructureSymbol, docs: ServiceDocs): Html {
  const { error, kind, throws } = symbol;
  return html`${error && html`${heading('the-error', html`The error`)}${renderErrorFacts(error)}`}
${heading('all-members', html`${kind === 'union' ? 'Members, exactly one of which is set' : 'Properties'}`)}
${renderProperties(symbol, docs)}
${
  throws.length > 0 &&
  html`${heading('all-thrown', html`Errors that end the stream`)}
<ul class="names">${throws.map(
    (name) => html`<li><a href="${docs.urls.symbol(name)}"><code>${name}</code></a></li>
`,
  )}</ul>`
}`;
}

function renderValues({ values }: EnumSymbol, docs: ServiceDocs): Html {
  return html`${heading('all-values', html`Values`)}
<p>A service may have values that are newer than this model, so the type accepts every other value, too.</p>
<ul class="values">${values.map(
    (value) => html`<li id="${value.name}"><code>${JSON.stringify(value.value)}</code>${anchor(value.name)} ${
      value.deprecated && html`<span class="mark-deprecated">deprecated</span> `
    }${renderSourceLink(value.name, value.line, docs)}
${renderNotes(value, { isLead: false })}
${renderFolded(value, docs)}</li>
`,
  )}</ul>`;
}

/** The properties, methods and error unions that refer to the symbol. */
function renderUses(uses: readonly Use[], docs: ServiceDocs): Html | undefined {
  if (uses.length === 0) return undefined;
  const rest = uses.slice(MAX_OPEN_USES);
  return html`${heading('used-by', html`Used by`)}
${renderListOfUses(uses.slice(0, MAX_OPEN_USES), docs)}
${rest.length > 0 && html`<details class="more"><summary>${rest.length} more</summary>${renderListOfUses(rest, docs)}</details>`}`;
}

function renderListOfUses(uses: readonly Use[], docs: ServiceDocs): Html {
  return html`<ul class="names">${uses.map(
    ({ as, member, symbol }) =>
      html`<li><a href="${docs.urls.member(symbol, member)}"><code>${symbol}.${member}</code></a>${
        as !== 'property' && html` <small>as ${as === 'error' ? 'an error' : `its ${as}`}</small>`
      }</li>
`,
  )}</ul>`;
}

function renderUnionOfErrors({ errors }: ErrorUnionSymbol, docs: ServiceDocs): Html {
  return html`${heading('all-errors', html`Errors`)}
${errors.length === 0 && html`<p>The model declares no errors.</p>`}
<ul class="names">${errors.map((name) => {
    const symbol = docs.index.findSymbol(name);
    return html`<li><a href="${docs.urls.symbol(name)}"><code>${name}</code></a>${symbol && html` <small>${renderSummary(symbol.summary, docs)}</small>`}</li>
`;
  })}</ul>`;
}
