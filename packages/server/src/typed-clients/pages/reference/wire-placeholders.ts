import type { MessageSyntax, SyntaxLine } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderFacts } from './facts.ts';
import { heading } from './heading.ts';

/** What a placeholder does not say by itself. */
const meanings: Readonly<Record<string, Html>> = {
  'epoch-seconds': html`Seconds since 1970-01-01T00:00:00Z, with or without decimals: <code>1896091200.5</code>`,
  timestamp: html`Seconds since 1970-01-01T00:00:00Z, with tag 1 of CBOR`,
  'date-time': html`A timestamp of RFC 3339, in UTC: <code>2030-01-31T12:00:00Z</code>`,
  'http-date': html`A timestamp as in HTTP: <code>Thu, 31 Jan 2030 12:00:00 GMT</code>`,
  base64: html`Bytes in base64`,
  bytes: html`Bytes as they are`,
  document: html`Any JSON`,
  'error name': html`Name of one of the errors above`,
  'error code': html`Code of one of the errors above; its name, where it has none`,
  status: html`HTTP status of the error`,
};

/** Explains the placeholders that messages have, where a word does not say all. */
export function renderPlaceholders(messages: readonly MessageSyntax[]): Html | undefined {
  const used = new Set(messages.flatMap(linesOf).flatMap(placeholdersOf));
  const explained = Object.entries(meanings).filter(([placeholder]) => used.has(placeholder));
  if (explained.length === 0) return undefined;
  return html`${heading('placeholders', 'Placeholders')}
${renderFacts(explained.map(([placeholder, meaning]) => [placeholder, meaning]))}`;
}

function linesOf({ body, events, headers, start }: MessageSyntax): readonly SyntaxLine[] {
  const ofEvents = events.flatMap((event) => [...event.headers, ...(event.body?.lines ?? [])]);
  return [...start, ...headers, ...(body?.lines ?? []), ...ofEvents];
}

function placeholdersOf({ parts }: SyntaxLine): readonly string[] {
  return parts.filter(({ kind }) => kind === 'placeholder').map(({ text }) => text);
}
