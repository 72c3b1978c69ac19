import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { renderPage, type Visit } from './visit.ts';

export function showAllowed(visit: Visit): Promise<WireResponse> {
  return renderPage(visit, {
    title: 'Allowed',
    main: html`<div class="outcome allowed"><svg width="56" height="56" viewBox="0 0 56 56" aria-hidden="true" focusable="false"><circle cx="28" cy="28" r="26"/><path d="M17 29l8 8 15-17"/></svg>
<h1>Allowed</h1>
<p>Your device will be signed in within a few seconds.</p>
<p>You can close this window.</p></div>`,
  });
}

export function showDenied(visit: Visit): Promise<WireResponse> {
  return renderPage(visit, {
    title: 'Denied',
    main: html`<div class="outcome denied"><svg width="56" height="56" viewBox="0 0 56 56" aria-hidden="true" focusable="false"><circle cx="28" cy="28" r="26"/><path d="M19 19l18 18M37 19L19 37"/></svg>
<h1>Denied</h1>
<p>Nobody got in. You can close this window.</p>
<p>If you did not start this yourself, tell whoever runs this service that someone tried.</p></div>`,
  });
}
