import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/*
 * HTTP fields are bytes, and platforms show each byte as one character, U+0000 to U+00FF. Text beyond ASCII travels in
 * them as UTF-8, which is also what SigV4 signs.
 */

/** The characters that a platform sends as the UTF-8 bytes of a header's text. */
export function headerBytes(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  let bytes = '';
  for (const byte of encodeUtf8(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The text of a header as a platform received it. What is no UTF-8 stays as it is: Latin-1. */
export function headerText(received: string): string {
  if (!/[^\0-\x7f]/.test(received) || /[^\0-\xff]/.test(received)) return received;
  return decodeUtf8(Uint8Array.from(received, (character) => character.charCodeAt(0))) ?? received;
}
