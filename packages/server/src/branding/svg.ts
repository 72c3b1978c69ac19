import { WireError } from '@latchkey/wire';
import type { XmlElement } from '@latchkey/wire/xml/element';
import { parseXml } from '@latchkey/wire/xml/parse';

/** Elements that run something, hold pages, or change what a link leads to. */
const refusedElements =
  /^(?:script|handler|listener|foreignobject|iframe|object|embed|audio|video|a|set|animate\w*)$/i;
/** CSS that loads something: but for a place of the same file, or an image that is written out. */
const loadingCss =
  /@import|\\|image-set|\b(?:image|src|cross-fade)\s*\(|url\(\s*["']?\s*(?!["'#]|data:image\/(?:png|jpeg|gif|webp)[;,])/i;
const ownReference = /^(?:#|data:image\/(?:png|jpeg|gif|webp)[;,])/i;
const instruction = /<\?(?!xml[\t\n\r ])/i;

/**
 * What makes an SVG file one that could run or load something, in words that follow its path. Pages show it by `<img>`, in
 * which browsers run and load nothing anyway.
 *
 * @returns `undefined` for a harmless one
 */
export function findSvgFault(body: Uint8Array): string | undefined {
  try {
    const root = parseXml(body);
    if (root.name !== 'svg') return 'is neither an SVG nor a PNG file';
    if (instruction.test(Buffer.from(body).toString())) {
      return 'has a processing instruction, such as a style sheet to load; remove it';
    }
    return findFault(root);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return `is neither a PNG file nor an SVG file without a document type: ${error.message}`;
  }
}

/** Width divided by height; 1 where the file does not say. */
export function shapeOfSvg(body: Uint8Array): number {
  const { attributes } = parseXml(body);
  const [, , boxWidth, boxHeight] = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const ratio =
    boxWidth !== undefined && boxHeight !== undefined
      ? boxWidth / boxHeight
      : Number.parseFloat(attributes.get('width') ?? '') / Number.parseFloat(attributes.get('height') ?? '');
  return ratio > 0 && Number.isFinite(ratio) ? ratio : 1;
}

function findFault({ name, attributes, children, text }: XmlElement): string | undefined {
  if (refusedElements.test(name))
    return `has an element <${name}>, which could run or load something; remove it`;
  if (name.toLowerCase() === 'style' && loadingCss.test(text)) {
    return 'has a style sheet that loads something, or escapes characters; remove that';
  }
  for (const [key, value] of attributes) {
    const local = key.replace(/^.*:/, '').toLowerCase();
    const isNamespace = key === 'xmlns' || key.startsWith('xmlns:');
    if (isNamespace) continue;
    if (local.startsWith('on')) return `has an event attribute ${key} in <${name}>; remove it`;
    const isReference = local === 'href' || local === 'src' || local === 'base';
    if ((isReference && !ownReference.test(value.trim())) || loadingCss.test(value)) {
      return `has an external reference in ${key} of <${name}>; write what it loads into the file, or remove it`;
    }
  }
  for (const child of children) {
    const fault = findFault(child);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
