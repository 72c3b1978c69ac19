import { inServer, type Subject, seenBy } from './defence.ts';

export const tokens: Subject = {
  heading: 'Tokens and keys',
  defences: [
    {
      name: 'Genuine tokens',
      what: 'Every token has 160 bits of a MAC under the key of the instance; one that was changed or guessed is none.',
      without: [
        inServer(
          'keys/token.ts',
          'return mac !== undefined && timingSafeEqual(token.mac, mac.subarray(0, MAC_BYTES));',
          'void timingSafeEqual;\n  return mac !== undefined;',
        ),
      ],
      test: seenBy('keys/token.test.ts', 'no token with a character changed verifies'),
    },
    {
      name: 'Tokens of one kind',
      what: 'A token of one kind is none of another: the kind is in what the MAC covers.',
      without: [
        inServer(
          'keys/token.ts',
          'const mac = keys.macUnder(token.keyId, token.kind, bytes, salt);',
          "const mac = keys.macUnder(token.keyId, 'token', bytes, salt);",
        ),
        inServer(
          'keys/token.ts',
          'const mac = keys.mac(kind, bytes.subarray(0, CLAIMS_BYTES), salt);',
          "const mac = keys.mac('token', bytes.subarray(0, CLAIMS_BYTES), salt);",
        ),
      ],
      test: seenBy(
        'keys/token.test.ts',
        'a token of one kind is none of another, even with its prefix changed',
      ),
    },
    {
      name: 'Tokens of one row',
      what: 'A token is good for the row whose random salt its MAC covers, so a database makes no token without the keys, nor the keys without the database.',
      without: [
        inServer(
          'keys/token.ts',
          'const mac = keys.macUnder(token.keyId, token.kind, bytes, salt);',
          'void salt;\n  const mac = keys.macUnder(token.keyId, token.kind, bytes);',
        ),
        inServer(
          'keys/token.ts',
          'const mac = keys.mac(kind, bytes.subarray(0, CLAIMS_BYTES), salt);',
          'void salt;\n  const mac = keys.mac(kind, bytes.subarray(0, CLAIMS_BYTES));',
        ),
      ],
      test: seenBy('keys/token.test.ts', 'a token is good for the row with its salt only'),
    },
    {
      name: 'Seals for one purpose',
      what: 'What is sealed for one purpose opens for no other.',
      without: [
        inServer(
          'keys/keys.ts',
          'const info = `latchkey:${this.#use}:${purpose}`;',
          'const info = `latchkey:${this.#use}`;',
        ),
      ],
      test: seenBy('keys/keys.test.ts', 'what is sealed for one purpose is of no use for another'),
    },
    {
      name: 'MACs for one purpose',
      what: 'A MAC for one purpose is none for another.',
      without: [
        inServer(
          'keys/keys.ts',
          'const info = `latchkey:${this.#use}:${purpose}`;',
          'const info = `latchkey:${this.#use}`;',
        ),
      ],
      test: seenBy('keys/keys.test.ts', 'a MAC is bound to its purpose'),
    },
    {
      name: 'Framed parts',
      what: 'Each part of what a MAC covers goes in with its length, so that no two lists of parts have one MAC.',
      without: [
        inServer(
          'keys/keys.ts',
          '  let at = 0;\n  for (const piece of pieces) {',
          '  if (pieces.length > 0) return Buffer.concat(pieces);\n  let at = 0;\n  for (const piece of pieces) {',
        ),
      ],
      test: seenBy('keys/keys.test.ts', 'parts are framed: no other list of parts has the same MAC'),
    },
    {
      name: 'Access tokens that end',
      what: 'An access token ends after an hour.',
      without: [
        inServer(
          'grants/tokens.ts',
          'if (token.expiresAtMs <= context.now() && !allowExpired) return undefined;',
          'void allowExpired;',
        ),
      ],
      test: seenBy('sso/portal.test.ts', 'is refused once it has expired'),
    },
    {
      name: 'Sessions that end',
      what: 'A session ends when it was said to, and no refresh lengthens it.',
      without: [
        inServer('grants/refresh-token.ts', 'row.sessionEndsAtMs > nowMs &&', 'nowMs > 0 &&'),
        inServer(
          'store/sqlite/statements.ts',
          "WHERE id = ?3 AND state = 'active' AND generation <= ?4 AND ended_at_ms IS NULL AND expires_at_ms > ?1",
          "WHERE id = ?3 AND state = 'active' AND generation <= ?4 AND ended_at_ms IS NULL",
        ),
      ],
      test: seenBy(
        'grants/refresh-token.test.ts',
        'a session can be refreshed to its end, 8 hours after sign-in, and no longer',
      ),
    },
    {
      name: 'Rotated refresh tokens',
      what: 'Each refresh gives another refresh token; an older one that comes after its grace ends the session, and is audited.',
      without: [
        inServer(
          'grants/refresh-token.ts',
          'await context.store.endAuthorization(authorizationId, grace.nowMs);',
          '',
        ),
      ],
      test: seenBy('grants/refresh-token.test.ts', 'after the grace ends the whole session, and is recorded'),
    },
    {
      name: 'A grace of its own rotation',
      what: 'The grace of an older token counts from its own rotation, so that refreshing on and on gives a thief no more time.',
      without: [
        inServer(
          'grants/rotation.ts',
          'const rotatedAtMs = rotations(session)[session.generation - 1 - generation];',
          'const rotatedAtMs = generation >= 0 ? session.rotatedAtMs : undefined;',
        ),
      ],
      test: seenBy(
        'grants/refresh-token.test.ts',
        'ends the session once the grace of its own rotation is over, however young later rotations are',
      ),
    },
    {
      name: 'One successor within the grace',
      what: 'Within the grace an older token gives the current tokens, the same for everyone, so that no branch of a session hides a thief.',
      without: [
        inServer(
          'grants/refresh-token.ts',
          'const rotation = generation < session.generation ? undefined : planRotation(session, grace, generation);',
          'const rotation = planRotation(session, grace, Math.max(generation, session.generation));',
        ),
      ],
      test: seenBy(
        'grants/refresh-token.test.ts',
        'one of which comes a little later, or lost the answer, still gets the same',
      ),
    },
    {
      name: 'Token for its scopes',
      what: 'A token carries the scopes that it was issued for, under its MAC.',
      without: [
        inServer(
          'grants/tokens.ts',
          'const scopes = unmaskScopes(splitScopes(authorization.scopes), token.scopeMask);',
          'const scopes = unmaskScopes(splitScopes(authorization.scopes), -1);',
        ),
      ],
      test: seenBy(
        'grants/refresh-token.test.ts',
        'narrows the access token of that one refresh, not the session',
      ),
    },
    {
      name: 'Page tokens of one list',
      what: 'A page token is good for the list and the person that it was made for.',
      without: [
        inServer(
          'sso/page-token.ts',
          'return userId === list.userId && name === list.name ? key : undefined;',
          'void [userId, name];\n  return key;',
        ),
      ],
      test: seenBy(
        'sso/page.test.ts',
        'a page token is refused for another user, for another list and by another instance',
      ),
    },
    {
      name: 'No secrets in the log',
      what: 'What looks like a secret is taken out of log lines, wherever in a request it was.',
      without: [
        inServer(
          'log/redact.ts',
          "return line.includes('lk_') ? line.replace(/(lk_[a-z]{2}_)[\\w-]*/g, '$1***') : line;",
          'return line;',
        ),
        inServer(
          'log/redact.ts',
          'return text.replace(secrets, (...match) => {',
          'return text.replace(text.length < 0 ? secrets : /(?!)/g, (...match: unknown[]) => {',
        ),
      ],
      test: seenBy(
        'log/logger.test.ts',
        'no secret is logged of what a stranger chose, nor in an error, its causes and other members',
      ),
    },
    {
      name: 'Known paths in the log',
      what: 'The log has of a path only the segments that the server’s own paths have.',
      without: [
        inServer(
          'http/logged-path.ts',
          '(known.has(segment) ? segment : HIDDEN)',
          '(known.has(segment) || segment !== HIDDEN ? segment : HIDDEN)',
        ),
      ],
      test: seenBy(
        'http/logged-path.test.ts',
        'no path puts into the log what is not in the paths of the server',
      ),
    },
    {
      name: 'Tokens never cached',
      what: 'Answers with tokens, and errors, forbid caching.',
      without: [
        inServer(
          'http/unstored.ts',
          "...response.headers, 'cache-control': 'no-store',",
          '...response.headers,',
        ),
      ],
      test: seenBy('http/unknown.test.ts', 'answers with tokens, and errors, forbid caching'),
    },
    {
      name: 'Key file for its owner',
      what: 'The key file has mode 0600 in a folder of mode 0700.',
      without: [
        inServer(
          'keys/key-file.ts',
          'mkdirSync(dataDir, { recursive: true, mode: 0o700 });',
          'mkdirSync(dataDir, { recursive: true });',
        ),
      ],
      test: seenBy(
        'keys/key-file.test.ts',
        'only its owner can read the key file (0600), and the data folder that was made for it (0700)',
      ),
    },
    {
      name: 'Keys that are replaced',
      what: 'A key is replaced when it is 90 days old; what it made stays good, and a dropped key makes nothing good.',
      without: [
        inServer(
          'keys/key-rotation.ts',
          'if (ageMs < ROTATE_AFTER_MS) return undefined;',
          'if (ageMs >= 0 && ROTATE_AFTER_MS > 0) return undefined;',
        ),
      ],
      test: seenBy(
        'keys/key-file.test.ts',
        'a key is replaced when it is 90 days old, and what it made stays good',
      ),
    },
    {
      name: 'Even random text',
      what: 'Codes are drawn from the system’s random generator, each character as often as any other.',
      without: [
        inServer(
          'keys/random.ts',
          'if (byte < limit && text.length < length)',
          'if (limit > 0 && text.length < length)',
        ),
      ],
      test: seenBy('keys/random.test.ts', 'no character of the alphabet comes more often than another'),
    },
  ],
};
