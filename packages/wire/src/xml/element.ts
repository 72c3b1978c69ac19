/** An element of a parsed document. Comments and processing instructions are gone, and references resolved. */
export interface XmlElement {
  /** Without its prefix: AWS's documents have one vocabulary, whatever prefix a sender chose for it. */
  readonly name: string;
  /** By name, prefix included. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, in one piece. */
  readonly text: string;
}

/** What stands for an element that is not there. */
export const noElement: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
