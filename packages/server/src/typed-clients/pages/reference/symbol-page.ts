import {
  type EnumSymbol,
  type EnumValueReference,
  type ErrorUnionSymbol,
  type ReferenceSymbol,
  type Requirement,
  type StructureSymbol,
  textOf,
  type Use,
} from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { nameHeading } from '../breakable.ts';
import { renderClassMembers } from './class-members.ts';
import { renderCode, renderImportLine, renderSourceLink } from './code.ts';
import { renderErrorFacts, renderErrorsOf } from './errors.ts';
import { anchor, heading } from './heading.ts';
import { renderSymbolProgram } from './program.ts';
import { renderProperties } from './properties.ts';
import { renderFolded, renderNotes } from './prose.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';
import { kindNames } from './symbol-groups.ts';

/** Longer declarations are folded. */
const MAX_OPEN_LINES = 40;
/** Longer declarations are in the module alone: what they declare follows on the page. */
const MAX_LINES = 400;
/** Uses of a symbol beyond these are folded. */
const MAX_OPEN_USES = 40;
/** Uses of a symbol that are listed. */
const MAX_USES = 200;
/** Values of an enum that has a link to each of them. */
const MAX_LINKED = 400;

/**
 * The page of an export of the module: its import, a program with a value of it, its declaration and its members, and what
 * requires and uses it.
 */
export function renderSymbolPage(symbol: ReferenceSymbol, docs: ServiceDocs): Promise<Rendered> {
  const { kind, name, program } = symbol;
  return renderReferencePage(
    {
      title: name,
      current: name,
      description: `${kindNames[kind]}. ${textOf(symbol.summary)}`,
      main: html`<p class="kind">${kindNames[kind]}</p>
${nameHeading(name)}
${renderNotes(symbol, { isLead: true })}
${renderImportLine(symbol, docs)}
${renderFolded(symbol, docs)}
${program && renderSymbolProgram(program, docs)}
${renderDeclaration(symbol, docs)}
${renderMembers(symbol, docs)}
${renderRequirements(symbol.requiredBy, docs)}
${renderUses(symbol.usedBy, docs)}
<p class="aside">In the model, API version ${docs.reference.version}: <code>${symbol.shapeId}</code></p>`,
    },
    docs,
  );
}

function renderDeclaration({ declaration, line, name }: ReferenceSymbol, docs: ServiceDocs): Html {
  const lines = declaration.reduce((sum, { text }) => sum + text.split('\n').length - 1, 1);
  const title = heading('the-declaration', html`Declaration ${renderSourceLink(name, line, docs)}`);
  if (lines > MAX_LINES) {
    return html`${title}
<p>It has ${lines} lines: <a href="${docs.urls.source(line)}">read them in the module</a>.</p>`;
  }
  const code = html`<pre class="declaration"><code>${renderCode(declaration, docs)}</code></pre>`;
  return html`${title}
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
${renderErrorsOf(throws, docs)}`
}`;
}

function renderValues({ values }: EnumSymbol, docs: ServiceDocs): Html {
  return html`${heading('all-values', html`Values`)}
<p>A service may have values that are newer than this model, so the type accepts every other value, too.</p>
<ul class="${values.every(isPlain) ? 'symbols' : 'values'}">${values.map((value) => renderValue(value, values.length <= MAX_LINKED, docs))}</ul>`;
}

/** A value that has nothing but its name is its own anchor: some enums have a thousand. */
function renderValue(value: EnumValueReference, isLinked: boolean, docs: ServiceDocs): Html {
  const { deprecated, line, name } = value;
  const code = html`<code>${JSON.stringify(value.value)}</code>`;
  if (isPlain(value)) {
    return html`<li id="${name}">${isLinked ? html`<a class="own" href="#${encodeURIComponent(name)}">${code}</a>` : code}</li>
`;
  }
  return html`<li id="${name}">${code}${anchor(name)} ${
    deprecated && html`<span class="mark-deprecated">deprecated</span> `
  }${renderSourceLink(name, line, docs)}
${renderNotes(value, { isLead: false })}
${renderFolded(value, docs)}</li>
`;
}

function isPlain({ deprecated, documentation }: EnumValueReference): boolean {
  return documentation.length === 0 && deprecated === undefined;
}

/** The operations that cannot be called without a value of the symbol, and the members that make it so. */
function renderRequirements(requirements: readonly Requirement[], docs: ServiceDocs): Html | undefined {
  if (requirements.length === 0) return undefined;
  return html`${heading('required-by', 'Required by')}
${renderNames(
  requirements.map(
    ({ member, symbol, through }) =>
      html`<a href="${docs.urls.member(symbol, member)}"><code>${member}</code></a> <small>as <code>${through.join('.')}</code></small>`,
  ),
)}`;
}

/** The properties, methods and error unions that refer to the symbol. */
function renderUses(uses: readonly Use[], docs: ServiceDocs): Html | undefined {
  if (uses.length === 0) return undefined;
  return html`${heading('used-by', 'Used by')}
${renderNames(
  uses.map(
    ({ as, member, required, symbol }) =>
      html`<a href="${docs.urls.member(symbol, member)}"><code>${symbol}.${member}</code></a>${
        as === 'property'
          ? required && html` <small>required</small>`
          : html` <small>as ${as === 'error' ? 'an error' : as === 'input' ? 'its input' : 'its result'}</small>`
      }`,
  ),
)}`;
}

function renderNames(names: readonly Html[]): Html {
  const list = (items: readonly Html[]) =>
    html`<ul class="names">${items.map(
      (item) => html`<li>${item}</li>
`,
    )}</ul>`;
  const rest = names.slice(MAX_OPEN_USES, MAX_USES);
  const unlisted = names.length - MAX_USES;
  return html`${list(names.slice(0, MAX_OPEN_USES))}
${rest.length > 0 && html`<details class="more"><summary>${rest.length} more</summary>${list(rest)}</details>`}
${unlisted > 0 && html`<p class="aside">And ${unlisted} more places, which the source of the module has.</p>`}`;
}

function renderUnionOfErrors({ errors }: ErrorUnionSymbol, docs: ServiceDocs): Html {
  return html`${heading('all-errors', 'Errors')}
${errors.length === 0 ? html`<p>The model declares no errors.</p>` : renderErrorsOf(errors, docs)}`;
}
