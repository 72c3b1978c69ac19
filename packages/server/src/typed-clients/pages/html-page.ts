import { html } from 'hono/html';
import type { Brand } from '../../branding/brand.ts';
import { referenceScript } from '../../web/assets.ts';
import type { Html } from '../../web/html.ts';
import { layout } from '../../web/layout.ts';
import { languages } from '../../web/messages/languages.ts';
import type { Rendered, SourceFile } from '../render-messages.ts';
import { page } from '../rendered-answers.ts';
import { breakable } from './breakable.ts';

interface HtmlPage {
  readonly title: string;
  readonly main: Html;
  /** Content beside the main part. */
  readonly aside?: Html;
  readonly status?: number;
  /** What the page is about, in a sentence. */
  readonly description?: string | undefined;
  /** What the search box holds. */
  readonly query?: string;
  /** Whether search engines may list the page where the configuration lets them. */
  readonly isListable?: boolean;
}

/** A render thread belongs to one instance, so all its pages have one brand. */
let brand: Brand;

/** Says how the instance presents itself, before this thread renders its first page. */
export function presentAs(ofInstance: Brand): void {
  brand = ofInstance;
}

/** A page about typed clients: the same for everyone, with the layout that all pages share. */
export async function renderHtmlPage(
  { title, description, main, aside, query, isListable = false, status = 200 }: HtmlPage,
  sources: readonly SourceFile[] = [],
): Promise<Rendered> {
  const document = await layout({
    brand,
    language: languages.en,
    title,
    ...(description && { description }),
    main: breakable(main),
    ...(aside && { aside: breakable(aside) }),
    width: 'reference',
    home: '/v0.4/docs',
    robots: 'header',
    styles: '/assets/reference.css',
    script: referenceScript,
    // The search box comes last, so that nothing pushes it aside while the page arrives.
    nav: html`<nav aria-label="Services"><a href="/v0.4/docs">Services</a></nav>
${renderSearchBox(query)}`,
  });
  return {
    status,
    contentType: page,
    body: document.toString(),
    headers: {},
    sources,
    ...(isListable && { isListable }),
  };
}

/** A search of all services. The script shows results while somebody types. */
function renderSearchBox(query = ''): Html {
  return html`<form class="search" role="search" action="/v0.4/search">
<label class="spoken" for="search-box">Search all services</label>
<input id="search-box" name="q" type="search" value="${query}" placeholder="Search" maxlength="200" autocomplete="off" spellcheck="false">
<button>Search</button>
</form>`;
}
