import { html } from 'hono/html';
import type { Happening } from '../notices/happening.ts';
import { describeBrowser } from './describe-browser.ts';
import type { Html } from './html.ts';
import type { Messages } from './messages/english.ts';
import { plainText } from './plain-text.ts';

/** A name that mail programs make no link of. */
const HARMLESS = /^[\p{L}\p{N}\p{M} _+()-]{1,64}$/u;

/** U+2068 and U+2069 stand around names, which have neither (`plainText`). */
const ISOLATES = /[\u2068\u2069]/;

/**
 * Says what happened to a person, in a sentence of plain text.
 *
 * @param options.isMailed - whether strangers' names that could look like an address are left out
 */
export function describeHappening(
  happening: Happening,
  { told, asker, sessions }: Pick<Messages, 'told' | 'asker' | 'sessions'>,
  { isMailed = false }: { readonly isMailed?: boolean } = {},
): string {
  const nameOf = (text: string | undefined, otherwise: string) =>
    text === undefined || text === '' || (isMailed && !HARMLESS.test(text)) ? otherwise : isolate(text);
  switch (happening.kind) {
    case 'signedIn': {
      const browser = describeBrowser(happening.userAgent, asker);
      return told.signedIn(nameOf(browser, sessions.unknownBrowser), happening.address);
    }
    case 'deviceAllowed': {
      const name = nameOf(plainText(happening.clientName, 64), sessions.unknownProgram);
      return told.deviceAllowed(name, happening.requestedFrom, happening.address);
    }
    case 'factorAdded':
    case 'factorRemoved':
      return told[happening.kind][happening.factor](happening.address);
    case 'linkMade':
      return told.linkMade[happening.purpose];
    case 'linkUsed':
      return told.linkUsed(happening.address);
    case 'passwordChanged':
    case 'recoveryCodesMade':
      return told[happening.kind](happening.address);
    case 'passwordSet':
    case 'factorsReset':
      return told[happening.kind];
  }
}

/** Renders the sentence for a page, with names in elements that keep them from reordering it. */
export function renderHappening(
  happening: Happening,
  messages: Parameters<typeof describeHappening>[1],
): Html {
  const parts = describeHappening(happening, messages).split(ISOLATES);
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : html`<bdi>${part}</bdi>`))}`;
}

/** Frames a name that may be in another direction than the sentence, as text can that has no markup (UAX #9, section 2.4.2). */
function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}

/** Whether what happened can be taken back by an address of its own. */
export function hasTakeBack(
  happening: Happening,
): happening is Extract<Happening, { kind: 'deviceAllowed' }> {
  return happening.kind === 'deviceAllowed';
}
