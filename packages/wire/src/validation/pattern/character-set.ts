const asciiCodes = 128;
/** How many answers about characters beyond ASCII a set keeps. */
const maxRemembered = 256;

/** What one step of an expression reads: a character, a class, an escape or the dot. */
export interface CharacterSet {
  /** @param code a code point in an expression that reads with the `u` flag, a UTF-16 code unit in any other */
  has(code: number): boolean;
  /** False only where it is known that no character beyond ASCII is in the set. */
  readonly mayBeBeyondAscii: boolean;
  /** Whether it is made of sets that may share characters, so that the expression reads these in several ways. */
  readonly isAmbiguous: boolean;
}

/** A class without exclusions, of ASCII characters and of escapes that stand for some of them. */
const asciiClass =
  /^\[(?!\^)(?:[\0-[^-\x7f]|\\(?:[!-/:-@[-`{-~dfnrtvw]|x[0-7][\da-fA-F]|u00[0-7][\da-fA-F]))*\]$/;

export function singleCharacter(code: number): CharacterSet {
  return { has: (other) => other === code, mayBeBeyondAscii: code >= asciiCodes, isAmbiguous: false };
}

/** The characters of several sets. */
export function unionOf(sets: readonly CharacterSet[]): CharacterSet {
  return {
    has: remembering((code) => sets.some((set) => set.has(code))),
    mayBeBeyondAscii: sets.some((set) => set.mayBeBeyondAscii),
    isAmbiguous: sets.some(
      (set, index) => set.isAmbiguous || !sets.slice(0, index).every((other) => areDisjoint(set, other)),
    ),
  };
}

/**
 * The characters that a class, an escape or the dot stands for. The platform's own expressions are asked, one character
 * at a time, and each answer is kept.
 *
 * @param flags some of `i`, `s` and `u`
 */
export function characterSet(source: string, flags: string): CharacterSet {
  const expression = new RegExp(`^(?:${source})$`, flags);
  const isAscii = !flags.includes('i') && (asciiClass.test(source) || /^\\[dw]$/.test(source));
  return {
    has: remembering((code) => expression.test(String.fromCodePoint(code))),
    mayBeBeyondAscii: !isAscii,
    isAmbiguous: false,
  };
}

/** Whether no character is in both sets; false where that is not known. */
export function areDisjoint(left: CharacterSet, right: CharacterSet): boolean {
  if (left.mayBeBeyondAscii && right.mayBeBeyondAscii) return false;
  for (let code = 0; code < asciiCodes; code++) {
    if (left.has(code) && right.has(code)) return false;
  }
  return true;
}

function remembering(isMember: (code: number) => boolean): (code: number) => boolean {
  const ascii = new Int8Array(asciiCodes).fill(-1);
  const beyond = new Map<number, boolean>();
  return (code) => {
    if (code < asciiCodes) {
      if (ascii[code] === -1) ascii[code] = Number(isMember(code));
      return ascii[code] === 1;
    }
    let answer = beyond.get(code);
    if (answer === undefined) {
      answer = isMember(code);
      if (beyond.size < maxRemembered) beyond.set(code, answer);
    }
    return answer;
  };
}
