import { isPredictable, namesOf } from './predictable.ts';

/** The most bytes of a password. */
export const MOST_BYTES = 1024;

/** Why a password is not taken. */
export type PasswordFault =
  /** It has a character that no form on a page can send. */
  | { readonly kind: 'controlCharacter'; readonly name: string }
  | { readonly kind: 'tooShort'; readonly least: number }
  | { readonly kind: 'tooLong'; readonly mostBytes: number }
  /** It is common words, the person's names, digits or a row of keys. */
  | { readonly kind: 'predictable' };

export interface PasswordRules {
  /** Fewest characters. */
  readonly minLength: number;
}

/**
 * Checks a password that somebody wants to set, as NIST SP 800-63B-4 section 3.1.1.2 has it: its length, and whether guessers try it early.
 * Nothing is asked of the kinds of its characters.
 *
 * @param whose - who will sign in with it, where that is known
 */
export async function checkNewPassword(
  password: string,
  { minLength }: PasswordRules,
  whose?: { readonly userName: string; readonly displayName?: string },
): Promise<PasswordFault | undefined> {
  const [character] = /[\p{Cc}\p{Zl}\p{Zp}]/u.exec(password) ?? [];
  if (character !== undefined) return { kind: 'controlCharacter', name: nameOf(character) };
  if (Buffer.byteLength(password) > MOST_BYTES) return { kind: 'tooLong', mostBytes: MOST_BYTES };
  if ([...password.normalize('NFKC')].length < minLength) return { kind: 'tooShort', least: minLength };
  if (isPredictable(password, whose && namesOf(whose))) return { kind: 'predictable' };
  return undefined;
}

function nameOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
