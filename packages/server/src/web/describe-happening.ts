import type { Happening } from '../notices/happening.ts';
import { describeBrowser } from './describe-browser.ts';
import type { Messages } from './messages/english.ts';
import { plainText } from './plain-text.ts';

/** A name that mail programs make no link of. */
const HARMLESS = /^[\p{L}\p{N}\p{M} _+()-]{1,64}$/u;

/**
 * Says what happened to a person, in a sentence.
 *
 * @param options.isMailed - whether strangers' names that could look like an address are left out
 */
export function describeHappening(
  happening: Happening,
  { told, asker, sessions }: Pick<Messages, 'told' | 'asker' | 'sessions'>,
  { isMailed = false }: { readonly isMailed?: boolean } = {},
): string {
  const nameOf = (text: string | undefined, otherwise: string) =>
    text === undefined || text === '' || (isMailed && !HARMLESS.test(text)) ? otherwise : text;
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

/** Whether what happened can be taken back by an address of its own. */
export function hasTakeBack(
  happening: Happening,
): happening is Extract<Happening, { kind: 'deviceAllowed' }> {
  return happening.kind === 'deviceAllowed';
}
