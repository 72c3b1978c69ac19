import assert from 'node:assert/strict';
import { parseCbor } from '@latchkey/wire/cbor/parse';
import type { CaseFields } from './case.ts';
import { lowerCased } from './compare-headers.ts';
import { compareXml } from './compare-xml.ts';

/** Compares a body as its media type asks: documents by what they hold, anything else by its bytes. */
export function compareBody(actual: string | Uint8Array, fields: CaseFields): void {
  const { body, bodyMediaType } = fields;
  if (body === undefined) return;
  const text = typeof actual === 'string' ? actual : new TextDecoder().decode(actual);
  const mediaType = body.startsWith('<?xml') ? 'application/xml' : bodyMediaType;
  switch (body === '' ? undefined : mediaType) {
    case 'application/json':
      assert.deepEqual(JSON.parse(text), JSON.parse(body));
      break;
    case 'application/cbor':
      assert.deepEqual(parseCbor(encoded(actual)), parseCbor(Buffer.from(body, 'base64')));
      break;
    case 'application/xml':
      compareXml(text, body);
      break;
    case 'application/x-www-form-urlencoded':
      assert.deepEqual(text.split('&').toSorted(), body.split('&').toSorted());
      break;
    default:
      assert.equal(text, body);
  }
}

function encoded(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

/** The bytes of a case's body; a case holds those of CBOR as base64. */
export function bytesOfBody({ body = '', bodyMediaType, headers = {} }: CaseFields): Uint8Array {
  const isCbor = (bodyMediaType ?? lowerCased(headers)['content-type']) === 'application/cbor';
  return isCbor ? Buffer.from(body, 'base64') : new TextEncoder().encode(body);
}
