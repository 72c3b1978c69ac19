import { html } from 'hono/html';
import type { Made } from '../making.ts';
import type { Problem } from '../problem.ts';
import { makeHtml } from './frame.ts';

/** What is wrong with what was asked for, told to a person. */
export function makeProblemPage({ status, heading, advice, near }: Problem): Promise<Made> {
  return makeHtml({
    status,
    title: heading,
    main: html`<h1>${heading}</h1>
<p>${advice}</p>
${
  near.length > 0 &&
  html`<ul>${near.map(
    ({ name, href }) => html`<li><a href="${href}">${name}</a></li>
`,
  )}</ul>`
}
<p><a href="/v0.4/services">All services</a></p>`,
  });
}
