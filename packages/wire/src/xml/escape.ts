import { Misfit } from '../misfit.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would read a bare carriage return as a line feed.
  '\r': '&#xD;',
};

/** Escapes text for content and attributes; what XML 1.0 cannot hold in any form becomes U+FFFD. */
export function escapeXml(text: string): string {
  return escapeText(text, () => '\ufffd');
}

/**
 * Escapes text whose every character matters.
 *
 * @throws {Misfit} when XML 1.0 cannot hold one of them in any form
 */
export function escapeExactly(text: string): string {
  return escapeText(text, () => {
    throw new Misfit('found a character that XML cannot hold');
  });
}

function escapeText(text: string, replace: () => string): string {
  return text.replace(
    /[&<>"\r]|[^\t\n -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    (found) => escapes[found] ?? replace(),
  );
}
