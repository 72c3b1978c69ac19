import type { Constraint, PropertyReference, StructureSymbol, Travel } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { highlight } from '../highlight.ts';
import { renderCode, renderSourceLink } from './code.ts';
import { anchor } from './heading.ts';
import { renderFolded, renderNotes } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The properties of an interface, a union or an error, each with its documentation and constraints. */
export function renderProperties({ kind, name, properties }: StructureSymbol, docs: ServiceDocs): Html {
  const isUnion = kind === 'union';
  if (properties.length === 0) return html`<p>It has no ${isUnion ? 'members' : 'properties'}.</p>`;
  return html`${requiredFirst(properties).map(
    (property) => html`<section class="member" id="${property.name}">
<h3><span class="self">${property.name}</span>${renderType(property, isUnion, docs)}${anchor(property.name)}</h3>
<p class="marks">${renderMarks(property, isUnion)}${renderSourceLink(`${name}.${property.name}`, property.line, docs)}</p>
${renderNotes(property, { isLead: false })}
${renderFolded(property, docs)}
${renderRules(property)}
</section>
`,
  )}`;
}

/** @returns those that a caller must give before all others */
export function requiredFirst(properties: readonly PropertyReference[]): readonly PropertyReference[] {
  return properties.toSorted((one, other) => Number(other.required) - Number(one.required));
}

/** The type of a property as in its declaration, e.g. `?: string | null`. */
export function renderType(
  { required, type }: Pick<PropertyReference, 'required' | 'type'>,
  isUnion: boolean,
  docs: ServiceDocs,
): Html {
  const isPlain = required || isUnion;
  return html`${isPlain ? ': ' : '?: '}${renderCode(type, docs)}${!isPlain && highlight(' | null')}`;
}

export function renderMarks(property: PropertyReference, isUnion: boolean): Html {
  const { deprecated, recommended, required, sensitive } = property;
  const marks = [
    ...(isUnion
      ? []
      : required
        ? [html`<span class="mark-required">required</span> `]
        : [html`<span>${recommended ? 'recommended' : 'optional'}</span> `]),
    ...(deprecated ? [html`<span class="mark-deprecated">deprecated</span> `] : []),
    ...(sensitive ? [html`<span>sensitive</span> `] : []),
  ];
  return html`${marks}`;
}

/** The constraints and the default of a property, and its place in the request or answer. */
export function renderRules(property: PropertyReference): Html | undefined {
  const rules = [
    ...property.constraints.map(renderConstraint),
    ...(property.default === undefined
      ? []
      : [html`Default: <code>${JSON.stringify(property.default)}</code>`]),
    ...(property.recommended?.reason === undefined
      ? []
      : [html`Recommended: ${property.recommended.reason}`]),
    ...(property.idempotencyToken
      ? [
          html`Idempotency token: when it is left out, a random value is sent, so that a retried call has effect once`,
        ]
      : []),
    ...(property.hostLabel ? [html`Is also part of the host name`] : []),
    ...renderTravel(property),
  ];
  if (rules.length === 0) return undefined;
  return html`<ul class="rules">${rules.map(
    (rule) => html`<li>${rule}</li>
`,
  )}</ul>`;
}

const subjects: Readonly<Record<Constraint['of'], string>> = {
  value: '',
  items: 'Each item ',
  keys: 'Each key ',
  values: 'Each value ',
};

function renderConstraint(constraint: Constraint): Html {
  const subject = subjects[constraint.of];
  if (constraint.kind === 'pattern') {
    return html`${subject === '' ? 'Matches' : `${subject}matches`} <code>${constraint.pattern}</code>`;
  }
  return subject === ''
    ? html`${constraint.words}`
    : html`${subject}${constraint.words.charAt(0).toLowerCase()}${constraint.words.slice(1)}`;
}

/** @returns nothing for a property that is in the body under its own name, as most are */
function renderTravel({ name, travels }: PropertyReference): readonly Html[] {
  if (travels.in === 'body' && travels.name === name) return [];
  const place = places[travels.in];
  return [travels.name === '' ? html`${place}` : html`${place} <code>${travels.name}</code>`];
}

const places: Readonly<Record<Travel['in'], string>> = {
  body: 'In the body as',
  header: 'In the header',
  headers: 'In headers whose names begin with',
  query: 'In the query as',
  queries: 'Each entry is a parameter of the query',
  path: 'In the path as',
  payload: 'Is the whole body',
  status: 'The HTTP status',
};
