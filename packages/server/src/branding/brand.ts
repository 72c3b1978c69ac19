import type { Config } from '../config/config.ts';
import { renderAccentRule } from './accent.ts';

/** How the instance presents itself on its pages. */
export interface Brand {
  /** Shown instead of `Latchkey`. */
  readonly name: string;
  /** The link in the footer to people who help. */
  readonly support?: { readonly url: string; readonly text: string };
  /** The message of the day: plain text, with line breaks. */
  readonly message?: string;
  /** What sets the colours of links and buttons, as CSS; empty where they are Latchkey's own. */
  readonly accentRule: string;
}

export function createBrand({ name, accent, supportUrl, supportText, message }: Config['branding']): Brand {
  return {
    name,
    ...(supportUrl !== undefined && { support: { url: supportUrl, text: supportText } }),
    ...(message !== undefined && { message }),
    accentRule: accent === undefined ? '' : renderAccentRule(accent),
  };
}
