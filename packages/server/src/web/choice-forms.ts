import { html } from 'hono/html';
import type { Html } from './html.ts';
import { type Language, languages } from './messages/languages.ts';
import { type Theme, themes } from './themes.ts';

/**
 * The form by which a person chooses the theme. Its buttons are the same for everyone; the style sheet marks the chosen one.
 * It has no CSRF token for the same reason, and no action: it is sent to the address of the page that it is on.
 */
export function renderThemeForm({ messages: { frame } }: Language): Html {
  return html`<form class="theme" method="post">
<span id="theme-label">${frame.theme}</span>
${(Object.keys(themes) as Theme[]).map(
  (theme) =>
    html`<button class="quiet" name="theme" value="${theme}" aria-describedby="theme-label">${frame.themes[theme]}</button>
`,
)}</form>`;
}

/** The form by which a person chooses the language of the pages. Each language stands there by its own name. */
export function renderLanguageForm({ tag: current, messages: { frame } }: Language): Html {
  return html`<form class="language" method="post">
<span id="language-label">${frame.language}</span>
${Object.values(languages).map(
  ({ tag, name }) =>
    html`<button class="quiet" name="language" value="${tag}" lang="${tag}" aria-describedby="language-label"${tag === current && html` aria-current="true"`}>${name}</button>
`,
)}</form>`;
}
