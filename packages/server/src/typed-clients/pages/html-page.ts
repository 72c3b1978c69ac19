import { html } from 'hono/html';
import { referenceStylesheet } from '../../web/assets.ts';
import type { Html } from '../../web/html.ts';
import { layout } from '../../web/layout.ts';
import type { Rendered, SourceFile } from '../render-messages.ts';
import { page } from '../rendered-answers.ts';

interface HtmlPage {
  readonly title: string;
  readonly main: Html;
  /** Content beside the main part. */
  readonly aside?: Html;
  readonly status?: number;
}

/** A page about typed clients: the same for everyone, with the layout that all pages share. */
export async function renderHtmlPage(
  { title, main, aside, status = 200 }: HtmlPage,
  sources: readonly SourceFile[] = [],
): Promise<Rendered> {
  const document = await layout({
    title,
    main,
    ...(aside && { aside }),
    width: 'reference',
    styles: referenceStylesheet,
    nav: html`<nav aria-label="Services"><a href="/v0.4/services">Services</a></nav>`,
  });
  return { status, contentType: page, body: document.toString(), headers: {}, sources };
}
