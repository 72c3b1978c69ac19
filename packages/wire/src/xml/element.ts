/** An element of a parsed document, without comments and processing instructions, and with references resolved. */
export interface XmlElement {
  /** Local name, without prefix: AWS's documents use one vocabulary, and senders choose its prefix. */
  readonly name: string;
  /** Attributes by name, with prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly in the element, concatenated. */
  readonly text: string;
}

/** Stands for a missing element. */
export const noElement: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };

/** First child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** Local part of a name. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
