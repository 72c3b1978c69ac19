import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';

export type Fact = readonly [name: string, value: Html];

export function renderFacts(facts: readonly Fact[]): Html {
  return html`<dl class="facts">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt>
<dd>${value}</dd></div>
`,
  )}</dl>`;
}
