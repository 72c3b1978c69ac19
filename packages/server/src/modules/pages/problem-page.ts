import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import type { Made } from '../making.ts';
import type { Problem } from '../problem.ts';
import { makeHtml } from './frame.ts';

const ALL = '/v0.4/services';

/** What is wrong with what was asked for, told to a person. */
export function makeProblemPage({ status, heading, advice, near }: Problem): Promise<Made> {
  return makeHtml({
    status,
    title: heading,
    main: html`<h1>${heading}</h1>
<p>${renderAdvice(advice)}</p>
${
  near.length > 0 &&
  html`<ul>${near.map(
    ({ name, href }) => html`<li><a href="${href}">${name}</a></li>
`,
  )}</ul>`
}${!advice.includes(ALL) && html`<p><a href="${ALL}">All services</a></p>`}`,
  });
}

/** Paths of other pages are links. */
function renderAdvice(advice: string): readonly (string | Html)[] {
  return advice
    .split(/(\/v0\.4\/[\w/@-]+)/)
    .map((part, index) => (index % 2 === 0 ? part : html`<a href="${part}">${part}</a>`));
}
