import { html } from 'hono/html';
import { favicon, stylesheet } from './assets.ts';
import type { Html } from './html.ts';

/** What stands around the main part of a page. */
export interface Frame {
  /** Of the window; the product's name is added. */
  readonly title: string;
  /** Who is signed in, and how to sign out; absent on pages for nobody in particular. */
  readonly viewer?: { readonly displayName: string; readonly signOutToken: string };
  /** `wide` for the portal, whose content is a list; forms are narrow. Default `narrow`. */
  readonly width?: 'narrow' | 'wide' | 'reference';
  /** Stands beside the product's name. */
  readonly nav?: Html;
  /** A style sheet besides the one of all pages. */
  readonly styles?: { readonly url: string };
  /** Navigation beside the main part. A link before it leads to the main part. */
  readonly aside?: Html;
  readonly main: Html;
}

/** Renders a whole document. Works without script, and loads nothing but our own style sheet and icon. */
export function layout({ title, viewer, width = 'narrow', nav, styles, aside, main }: Frame): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Latchkey</title>
<link rel="icon" type="image/svg+xml" href="${favicon.url}">
<link rel="stylesheet" href="${stylesheet.url}">
${styles && html`<link rel="stylesheet" href="${styles.url}">`}
</head>
<body class="${width}${aside && ' with-aside'}">
${aside && html`<a class="skip" href="#main-part">Skip to the page itself</a>`}
<header>
<a class="brand" href="/">${mark()}Latchkey</a>
${nav}
${viewer && signOutForm(viewer)}
</header>
${aside}
<main${aside && html` id="main-part" tabindex="-1"`}>
${main}
</main>
</body>
</html>
`;
}

function signOutForm({ displayName, signOutToken }: NonNullable<Frame['viewer']>): Html {
  return html`<form class="viewer" method="post" action="/sign-out">
<input type="hidden" name="form_token" value="${signOutToken}">
<span class="viewer-name"><bdi>${displayName}</bdi></span>
<button class="quiet">Sign out</button>
</form>`;
}

/** The logo: a latchkey, whose stem and bit make an L. */
function mark(): Html {
  return html`<svg class="mark" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="12.5" cy="8" r="5.25"/><path d="M12.5 13.25V30M12.5 28H25M12.5 21.5h7"/></svg>`;
}
