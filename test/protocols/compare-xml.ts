import assert from 'node:assert/strict';
import type { XmlElement } from '@latchkey/wire/xml/element';
import { parseXml } from '@latchkey/wire/xml/parse';

/** What the protocol puts around each answer, which the cases leave out or fill in as they like. */
const envelope = new Set(['ResponseMetadata', 'RequestId', 'RequestID', 'requestId']);

/** Compares documents by what they hold: the order of members does not count, and the order of items does. */
export function compareXml(actual: string, expected: string): void {
  assert.deepEqual(comparable(actual), comparable(expected));
}

function comparable(text: string): unknown {
  return plain(parseXml(new TextEncoder().encode(text)));
}

function plain({ name, attributes, children, text }: XmlElement): unknown {
  const parts = children
    .filter((child) => !envelope.has(child.name))
    .toSorted((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
  return {
    name,
    attributes: name === 'ErrorResponse' ? {} : Object.fromEntries(attributes),
    content: children.length > 0 ? parts.map(plain) : instantOrText(text),
  };
}

/** Instants are the same whatever offset they are written with. */
function instantOrText(text: string): string {
  return /^[\d-]+T[\d:.]+[+-]\d\d:\d\d$/.test(text)
    ? new Date(text).toISOString().replace('.000Z', 'Z')
    : text;
}
