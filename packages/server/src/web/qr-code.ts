import { html, raw } from 'hono/html';
import type { Html } from './html.ts';

/** Renders a QR code: dark on light in either theme, as not every scanner reads the other. */
export async function renderQrCode(text: string, label: string): Promise<Html> {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${raw(dark.join(''))}" fill="#000" shape-rendering="crispEdges"/></svg>`;
}
