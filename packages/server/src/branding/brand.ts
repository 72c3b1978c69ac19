import type { Config } from '../config/config.ts';
import { renderAccentRule } from './accent.ts';
import { type Logo, readLogo } from './logo.ts';
import type { OperatorText } from './operator-text.ts';

/** How the instance presents itself on its pages. */
export interface Brand {
  /** Shown instead of `Latchkey`. */
  readonly name: string;
  /** Shown instead of Latchkey's own mark. */
  readonly logo?: Logo;
  /** The link in the footer to people who help. */
  readonly support?: { readonly url: string; readonly text?: OperatorText };
  /** The message of the day: plain text, with line breaks. */
  readonly message?: OperatorText;
  /** What sets the colours of links and buttons, as CSS; empty where they are Latchkey's own. */
  readonly accentRule: string;
}

/** @throws {Error} when there is a logo that cannot be used */
export function createBrand(branding: Config['branding']): Brand {
  const { name, logo, accent, supportUrl, supportText, message } = branding;
  return {
    name,
    ...(logo !== undefined && { logo: readLogo(logo) }),
    ...(supportUrl !== undefined && {
      support: { url: supportUrl, ...(supportText !== undefined && { text: supportText }) },
    }),
    ...(message !== undefined && { message }),
    accentRule: accent === undefined ? '' : renderAccentRule(accent),
  };
}
