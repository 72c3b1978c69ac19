import { html } from 'hono/html';
import type { Brand } from '../branding/brand.ts';
import type { Logo } from '../branding/logo.ts';
import { findOperatorText } from '../branding/operator-text.ts';
import { favicon } from './assets.ts';
import { renderLanguageForm, renderThemeForm } from './choice-forms.ts';
import type { Html } from './html.ts';
import type { Language } from './messages/languages.ts';

/** The parts of a page, and what is around them. */
export interface Frame {
  readonly brand: Brand;
  /** The language of the page. */
  readonly language: Language;
  /**
   * What a person can choose here: the theme and the language, or the theme alone where there is one language. Nothing on a page that
   * answers a form: choosing would lead away from it. Default `theme`.
   */
  readonly choices?: 'all' | 'theme' | 'none';
  /** Title of the window, without the product's name. */
  readonly title: string;
  /** The person who is signed in, and the CSRF token of the button “Sign out”. Absent where nobody is signed in. */
  readonly viewer?: { readonly displayName: string; readonly signOutToken: string };
  /** Width of the main part: `narrow` for forms, `wide` for the portal. Default `narrow`. */
  readonly width?: 'narrow' | 'wide' | 'reference';
  /** Where the product's name leads. Default `/`. */
  readonly home?: string;
  /** Who keeps search engines from the page: the page itself, or a header of the answer. Default `page`. */
  readonly robots?: 'page' | 'header';
  /** Links beside the product's name. */
  readonly nav?: Html;
  /** What the page is about, in a sentence: search engines and links to it show this. */
  readonly description?: string;
  /** The style sheet, which includes that of all pages. Default: that of all pages. */
  readonly styles?: '/assets/latchkey.css' | '/assets/reference.css';
  /** A script, which the page works without. */
  readonly script?:
    | {
        readonly url: string;
        readonly integrity: string;
        /** Whether the page is painted after the script has run, because it shows what it is needed for. */
        readonly beforePaint?: boolean;
      }
    | undefined;
  /** Navigation beside the main part; a link to skip it is added. */
  readonly aside?: Html;
  /** What the person is told of, above the main part. */
  readonly news?: Html;
  readonly main: Html;
}

/**
 * Renders an HTML document. It loads nothing but our own style sheet, icon and script, and the operator's logo. Browsers that
 * know `rel="expect"` paint it when it is there to its end, so that nothing in it moves; long pages are painted as they come.
 */
export function layout({
  brand,
  language,
  choices = 'theme',
  title,
  viewer,
  width = 'narrow',
  home = '/',
  robots = 'page',
  description,
  nav,
  styles = '/assets/latchkey.css',
  script,
  aside,
  news,
  main,
}: Frame): Html {
  return html`<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${robots === 'page' && html`<meta name="robots" content="noindex">`}
<title>${title} · ${brand.name}</title>
${description && html`<meta name="description" content="${description}">`}
<link rel="icon" type="image/svg+xml" href="${favicon.url}">
<link rel="stylesheet" href="${styles}">
${width !== 'reference' && html`<link rel="expect" href="#page-end" blocking="render">`}
${script && html`<script src="${script.url}" integrity="${script.integrity}" defer${script.beforePaint && html` blocking="render"`}></script>`}
</head>
<body class="${width}${aside && ' with-aside'}">
${aside && html`<a class="skip" href="#main-part">${language.messages.frame.skip}</a>`}
<header>
<a class="brand" href="${home}">${brand.logo === undefined ? mark() : renderLogo(brand.logo)}${brand.name}</a>
${nav}
${viewer && signOutForm(viewer, language)}
</header>
${aside}
<main${aside && html` id="main-part" tabindex="-1"`}>
${news}
${main}
</main>
${renderFooter(brand, language, { choices, width })}
<span id="page-end" hidden></span>
</body>
</html>
`;
}

/** By `<img>` only, in which an SVG can neither run nor load anything. The name beside it says what it is. */
function renderLogo({ url, width, height }: Logo): Html {
  return html`<img src="${url}" width="${width}" height="${height}" alt="">`;
}

/** Pages for people lead to the reference of the typed clients, which needs no sign-in. */
function renderFooter(
  { support }: Brand,
  language: Language,
  { choices, width }: Required<Pick<Frame, 'choices' | 'width'>>,
): Html {
  return html`<footer>
${support && renderSupport(support, language)}
${width !== 'reference' && html`<a href="/v0.4/docs"${language.tag !== 'en' && html` hreflang="en"`}>${language.messages.frame.reference}</a>`}
${choices === 'all' && renderLanguageForm(language)}
${choices !== 'none' && renderThemeForm(language)}
</footer>`;
}

function renderSupport(
  { url, text: given }: NonNullable<Brand['support']>,
  { tag, messages }: Language,
): Html {
  const { text, otherTag } = findOperatorText(given ?? messages.frame.support, tag);
  return html`<a href="${url}"${otherTag && html` lang="${otherTag}"`}>${text}</a>`;
}

function signOutForm(
  { displayName, signOutToken }: NonNullable<Frame['viewer']>,
  { messages }: Language,
): Html {
  return html`<form class="viewer" method="post" action="/sign-out">
<input type="hidden" name="form_token" value="${signOutToken}">
<bdi class="viewer-name">${displayName}</bdi>
<button class="quiet">${messages.frame.signOut}</button>
</form>`;
}

/** Renders the logo: a latchkey that looks like an L. */
function mark(): Html {
  return html`<svg class="mark" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="12.5" cy="8" r="5.25"/><path d="M12.5 13.25V30M12.5 28H25M12.5 21.5h7"/></svg>`;
}
