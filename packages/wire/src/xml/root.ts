import { Misfit } from '../misfit.ts';
import type { XmlElement } from './element.ts';
import { parseXml } from './parse.ts';

/**
 * Parses a document whose root element must have a certain name.
 *
 * @param name - without prefix
 * @param shape - name of the shape in the root: some servers name the root after it, or after its operation
 * @throws {WireError} `malformed` for what is no XML
 * @throws {Misfit} for an empty body, or another root: a page of a proxy, or the answer of another operation
 */
export function parseRoot(body: Uint8Array, name: string, shape?: string): XmlElement {
  if (body.length === 0) throw new Misfit(`expected an element '${name}', found an empty body`);
  const root = parseXml(body);
  const isNamedAfterShape = shape !== undefined && stemOf(root.name) === stemOf(shape);
  if (root.name !== name && !isNamedAfterShape)
    throw new Misfit(`expected an element '${name}', found another`);
  return root;
}

/** `ListParts` of `ListPartsOutput`, `ListPartsResult` and `ListPartsResponse`. */
function stemOf(name: string): string {
  return name.replace(/(Output|Response|Result)$/, '');
}
