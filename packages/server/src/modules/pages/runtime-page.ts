import { html } from 'hono/html';
import type { Made } from '../making.ts';
import { makeHtml } from './frame.ts';
import { renderSource } from './source.ts';

/** A source of the runtime, which a program gets as it is, for people. */
export function makeRuntimePage(path: string, { body, sources }: Made): Promise<Made> {
  const name = path.replace('/v0.4/', '');
  return makeHtml(
    {
      title: name,
      main: html`<p class="crumbs"><a href="/v0.4/services">Services</a> / ${name}</p>
<h1>${name}</h1>
<p class="lead">What modules of all services import, directly or not.</p>
${renderSource(body)}`,
    },
    sources,
  );
}
