import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import type { HttpProblem } from '../http-problem.ts';
import type { Rendered } from '../render-messages.ts';
import { renderHtmlPage } from './html-page.ts';

const ALL = '/v0.4/services';

/** The page that tells a person what is wrong with the request or the model. */
export function renderProblemPage({
  status,
  heading,
  advice,
  near,
  wanted = '',
}: HttpProblem): Promise<Rendered> {
  return renderHtmlPage({
    status,
    title: heading,
    query: wanted,
    main: html`<h1>${heading}</h1>
${
  near.length > 0 &&
  html`<p>Did you mean:</p>
<ul class="names">${near.map(
    ({ name, href }) => html`<li><a href="${href}"><code>${name}</code></a></li>
`,
  )}</ul>`
}
<p>${renderAdvice(advice)}</p>
${!advice.includes(ALL) && html`<p><a href="${ALL}">All services</a></p>`}`,
  });
}

/** Advice, with the paths of other pages as links. */
function renderAdvice(advice: string): readonly (string | Html)[] {
  return advice
    .split(/(\/v0\.4\/[\w/@-]+)/)
    .map((part, index) => (index % 2 === 0 ? part : html`<a href="${part}">${part}</a>`));
}
