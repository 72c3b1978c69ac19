import { html } from 'hono/html';
import type { Html } from './html.ts';
import { renderQrCode } from './qr-code.ts';
import type { Visit } from './visit.ts';

/**
 * Renders a QR code that leads to the request of a device on another one, such as the phone on which a person signs in. It has the
 * user code sealed, as the address of the page has: the letters are typed there, too.
 *
 * @param returnTo - where to go on after sign-in: path and query of one of our own pages
 * @returns nothing where that is no request of a device
 */
export async function renderHandOver({ context, language }: Visit, returnTo: string): Promise<Html> {
  if (!/^\/device\?request=[\w-]+$/.test(returnTo)) return html``;
  const messages = language.messages.handOver;
  return html`<details class="hand-over">
<summary>${messages.summary}</summary>
<p>${messages.scan}</p>
${await renderQrCode(context.config.baseUrl + returnTo, messages.label)}
</details>`;
}
