import { html } from 'hono/html';
import { referenceStylesheet } from '../../web/assets.ts';
import type { Html } from '../../web/html.ts';
import { layout } from '../../web/layout.ts';
import type { Made, SourceFile } from '../making.ts';
import { page } from '../media-types.ts';

interface ModulePage {
  readonly title: string;
  readonly main: Html;
  /** Stands beside the main part. */
  readonly aside?: Html;
  readonly status?: number;
}

/** A page of the module server, the same for everyone. */
export async function makeHtml(
  { title, main, aside, status = 200 }: ModulePage,
  sources: readonly SourceFile[] = [],
): Promise<Made> {
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
