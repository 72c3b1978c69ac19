import assert from 'node:assert/strict';
import type { CaseFields } from './case.ts';

/** Compares a body as its media type asks: documents by what they hold, anything else by its bytes. */
export function compareBody(actual: string | Uint8Array, fields: CaseFields): void {
  const { body, bodyMediaType } = fields;
  if (body === undefined) return;
  const text = typeof actual === 'string' ? actual : new TextDecoder().decode(actual);
  switch (body === '' ? undefined : bodyMediaType) {
    case 'application/json':
      assert.deepEqual(JSON.parse(text), JSON.parse(body));
      break;
    case 'application/xml':
      assert.equal(normalXml(text), normalXml(body));
      break;
    case 'application/x-www-form-urlencoded':
      assert.deepEqual(text.split('&').toSorted(), body.split('&').toSorted());
      break;
    default:
      assert.equal(text, body);
  }
}

/** The bytes of a case's body; a case holds those of CBOR as base64. */
export function bytesOfBody({ body = '', bodyMediaType }: CaseFields): Uint8Array {
  return bodyMediaType === 'application/cbor' ? Buffer.from(body, 'base64') : new TextEncoder().encode(body);
}

/**
 * One spelling for equal documents. The cases leave out what the protocol puts around each answer (the response
 * metadata, and the namespace of an error), and so does this.
 */
function normalXml(text: string): string {
  return text
    .replace(/>\s+</g, '><')
    .trim()
    .replace(/<(\w+)((?:\s[^>]*?)?)\s*\/>/g, '<$1$2></$1>')
    .replace(/<ResponseMetadata>.*?<\/ResponseMetadata>/s, '')
    .replace(/<ErrorResponse xmlns="[^"]*">/, '<ErrorResponse>');
}
