/**
 * What looks like a secret, wherever a stranger may have put it: a token or secret of Latchkey by its prefix, also
 * percent-encoded; a user code; the value of an `Authorization` header; a JSON Web Token; the value of a parameter that is
 * named for a secret; and any run of characters as long as a key, an encoded token or a code verifier.
 */
const secrets = new RegExp(
  [
    String.raw`(?<prefix>lk(?:_|%5f)[a-z]{2}(?:_|%5f))[\w%.~-]*`,
    `(?<![a-z])[bcdfghjklmnpqrstvwxz]{4}-[bcdfghjklmnpqrstvwxz]{4}(?![a-z])`,
    String.raw`(?<scheme>\b(?:Basic|Bearer|DPoP|Digest|Negotiate)\s+)\S+`,
    String.raw`(?<name>\b[\w.-]*(?:code|password|secret|signature|token|verifier)\s*[=:]\s*)[^\s&;,]+`,
    String.raw`\beyJ[\w-]+\.[\w.-]+`,
    String.raw`[\w+/%~-]{40,}={0,2}`,
  ].join('|'),
  'gi',
);

/** Replaces what looks like a secret in text that a stranger chose. UUIDs stay. */
export function redactSecrets(text: string): string {
  return text.replace(secrets, (...match) => {
    const { prefix = '', scheme = '', name = '' } = match.at(-1) as Readonly<Record<string, string>>;
    return `${prefix}${scheme}${name}***`;
  });
}

/** Replaces Latchkey's own tokens in a line of the log, whatever part of it they are in. */
export function redactTokens(line: string): string {
  return line.includes('lk_') ? line.replace(/(lk_[a-z]{2}_)[\w-]*/g, '$1***') : line;
}
