import { html, raw } from 'hono/html';

/** HTML whose values have been escaped. */
export type Html = ReturnType<typeof html>;

/**
 * Isolates a name inside a sentence, so that a name written from right to left does not reorder the words around it. ASCII
 * text cannot do so, and stays as it is.
 */
export function isolate(name: string): Html {
  return /^[ -~]*$/.test(name) ? html`${name}` : html`<bdi>${name}</bdi>`;
}

/** A command. No line of it ends within the name of an option. */
export function renderCommand(command: string): Html {
  const parts = command.split(/(--\w[\w-]*)/);
  return html`<code>${parts.map((part, index) => (index % 2 === 0 ? part : html`<span class="whole-word">${part}</span>`))}</code>`;
}

/** An IP address. No line of it ends within a group of an IPv6 address. */
export function renderAddress(address: string): Html {
  return html`<bdi>${address.split(/(?<=:)(?!:)/).map((group, index) => html`${index > 0 && raw('<wbr>')}${group}`)}</bdi>`;
}
