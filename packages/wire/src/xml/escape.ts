import { Misfit } from '../misfit.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Parsers read an unescaped carriage return as a line feed.
  '\r': '&#xD;',
};

/** Escapes text for content and attributes. Characters that XML 1.0 cannot hold, even escaped, become U+FFFD. */
export function escapeXml(text: string): string {
  return escapeText(text, () => '\ufffd');
}

/**
 * Escapes text without loss.
 *
 * @throws {Misfit} for a character that XML 1.0 cannot hold, even escaped
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
