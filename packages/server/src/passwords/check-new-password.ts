import { isPredictable, namesOf } from './predictable.ts';
import { isInRefusedFile } from './refused-file.ts';

/** The most bytes of a password. */
export const MOST_BYTES = 1024;

/** Why a password is not taken. */
export type PasswordFault =
  /** It has a character that no form on a page can send. */
  | { readonly kind: 'controlCharacter'; readonly name: string }
  | { readonly kind: 'tooShort'; readonly least: number }
  | { readonly kind: 'tooLong'; readonly mostBytes: number }
  /** It is common words, the person's names, digits or a row of keys. */
  | { readonly kind: 'predictable' }
  /** The operator's list has it: it was in a breach of another service, as a rule. */
  | { readonly kind: 'breached' };

export interface PasswordRules {
  /** Fewest characters. */
  readonly minLength: number;
  /** Absolute path of a file of passwords that are refused, or of their hashes. */
  readonly refusedFile?: string;
}

/**
 * Checks a password that somebody wants to set, as NIST SP 800-63B-4 section 3.1.1.2 has it: its length, and whether guessers try it early.
 * Nothing is asked of the kinds of its characters.
 *
 * @param whose - who will sign in with it, where that is known
 * @throws {RefusedFileError} where the operator's list cannot be read: nothing is taken unchecked
 */
export async function checkNewPassword(
  password: string,
  { minLength, refusedFile }: PasswordRules,
  whose?: { readonly userName: string; readonly displayName?: string },
): Promise<PasswordFault | undefined> {
  const [character] = /[\p{Cc}\p{Zl}\p{Zp}]/u.exec(password) ?? [];
  if (character !== undefined) return { kind: 'controlCharacter', name: nameOf(character) };
  if (Buffer.byteLength(password) > MOST_BYTES) return { kind: 'tooLong', mostBytes: MOST_BYTES };
  if ([...password.normalize('NFKC')].length < minLength) return { kind: 'tooShort', least: minLength };
  if (isPredictable(password, whose && namesOf(whose))) return { kind: 'predictable' };
  if (refusedFile !== undefined && (await isInRefusedFile(refusedFile, password)))
    return { kind: 'breached' };
  return undefined;
}

function nameOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
