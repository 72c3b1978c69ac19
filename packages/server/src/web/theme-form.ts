import { html } from 'hono/html';
import type { Html } from './html.ts';

/** The themes that a person may choose, and the value of the property `color-scheme` for each. */
export const themes = { system: 'light dark', light: 'light', dark: 'dark' } as const;

export type Theme = keyof typeof themes;

/**
 * The form by which a person chooses the theme. Its buttons are the same for everyone; the style sheet marks the chosen one.
 * It has no CSRF token for the same reason, and no action: it is sent to the address of the page that it is on.
 */
export function renderThemeForm(): Html {
  return html`<form class="theme" method="post">
<span id="theme-label">Theme</span>
${Object.keys(themes).map(
  (theme) =>
    html`<button class="quiet" name="theme" value="${theme}" aria-describedby="theme-label">${theme}</button>
`,
)}</form>`;
}
