import { inServer, type Subject, seenBy, seenByStore } from './defence.ts';

const passkeys = (title: string) => seenBy('web/passkeys.test.ts', title);

export const factors: Subject = {
  heading: 'Passkeys, authenticator apps and recovery codes',
  defences: [
    {
      name: 'Second factor asked for',
      what: 'A person who has a factor is signed in once it was shown; the right password alone signs nobody in.',
      without: [inServer('people/sign-in.ts', 'if (factors.length === 0) {', 'if (factors.length >= 0) {')],
      test: seenBy(
        'web/second-factor.test.ts',
        'asks for the code after the password, and leads to where the person was going',
      ),
    },
    {
      name: 'Ten minutes for the second factor',
      what: 'What a browser has between password and second factor is no session, and ends after ten minutes.',
      without: [
        inServer(
          'factors/pending-sign-in.ts',
          'if (expiresAtMs <= context.now()) return undefined;',
          'void expiresAtMs;',
        ),
      ],
      test: seenBy('web/second-factor.test.ts', 'ends after ten minutes, and in another browser is nothing'),
    },
    {
      name: 'Second factor of this very sign-in',
      what: 'The form for the second factor is bound to the sign-in whose password was right.',
      without: [
        inServer(
          'web/csrf.ts',
          'return [form, secret, question];',
          "void secret;\n  return [form, '', question];",
        ),
      ],
      test: seenBy('web/second-factor.test.ts', 'ends after ten minutes, and in another browser is nothing'),
    },
    {
      name: 'TOTP codes used once',
      what: 'A TOTP code is used once, and no earlier one after it, in one atomic step of the store.',
      without: [
        inServer(
          'store/sql/factors/factors.ts',
          "WHERE id = ?3 AND (counter < ?1 OR (kind = 'passkey' AND counter = 0 AND ?1 = 0))`,",
          "WHERE id = ?3 AND (counter < ?1 OR kind = 'totp' OR (kind = 'passkey' AND counter = 0 AND ?1 = 0))`,",
        ),
      ],
      test: seenBy(
        'web/second-factor.test.ts',
        'takes each code once, in whatever browser, and each of several apps',
      ),
    },
    {
      name: 'Used codes cost as wrong ones',
      what: 'A TOTP code that was used costs as much work as a wrong one.',
      without: [
        inServer(
          'people/second-factor.ts',
          'if (await factors.useFactor(factor.id, { counter, nowMs })) return true;',
          'if (counter !== NO_STEP && (await factors.useFactor(factor.id, { counter, nowMs }))) return true;',
        ),
      ],
      test: seenBy(
        'people/equal-work.test.ts',
        'a TOTP code or recovery code that was used costs the same as a wrong one',
      ),
    },
    {
      name: 'Signed by the registered key',
      what: 'The answer of a passkey is signed by the key that was registered.',
      without: [
        inServer(
          'factors/passkeys.ts',
          "if (!verified?.verified || challenge === undefined) return { kind: 'wrong' };",
          "if (verified === undefined || challenge === undefined) return { kind: 'wrong' };",
        ),
      ],
      test: passkeys('an answer that another key has signed is refused'),
    },
    {
      name: 'One use at two servers',
      what: 'A code that two servers on one PostgreSQL are shown at once signs in at one of them.',
      without: [
        inServer(
          'store/sql/factors/recovery-codes.ts',
          'WHERE user_id = ? AND code_digest = ? AND used_at_ms IS NULL',
          'WHERE user_id = ? AND code_digest = ?',
        ),
        inServer(
          'store/sql/factors/factors.ts',
          "WHERE id = ?3 AND (counter < ?1 OR (kind = 'passkey' AND counter = 0 AND ?1 = 0))`,",
          "WHERE id = ?3 AND (counter < ?1 OR kind = 'totp' OR (kind = 'passkey' AND counter = 0 AND ?1 = 0))`,",
        ),
      ],
      test: {
        file: 'test/postgresql/single-use.test.ts',
        title: 'two servers that are shown one code at once take it once',
      },
    },
    {
      name: 'Confirming code used up',
      what: 'The code that confirmed an app signs nobody in.',
      without: [
        inServer(
          'factors/own-factors.ts',
          "...{ id, kind: 'totp', name: given.name, createdAtMs: nowMs, lastUsedAtMs: null, counter },",
          "...{ id, kind: 'totp', name: given.name, createdAtMs: nowMs, lastUsedAtMs: null, counter: counter - 1 },",
        ),
      ],
      test: seenBy('web/second-factor.test.ts', 'does not take the code that confirmed the app'),
    },
    {
      name: 'TOTP codes of a minute and a half',
      what: 'The code of the present step of 30 seconds is taken, and those of the steps beside it.',
      without: [inServer('factors/totp.ts', 'const WINDOW_STEPS = 1;', 'const WINDOW_STEPS = 20;')],
      test: seenBy(
        'web/second-factor.test.ts',
        'takes the code of the step before and after the present one, and of no other (RFC 6238 section 5.2)',
      ),
    },
    {
      name: 'Limited TOTP codes',
      what: 'After 5 wrong codes in a quarter of an hour, and 20 in a day, no code of the person is looked at.',
      without: [
        inServer(
          'limits/guesses.ts',
          '{ subject, limit: TOTP_FAILURES },',
          '{ subject, limit: TOTP_FAILURES * 1000 },',
        ),
      ],
      test: seenBy(
        'web/second-factor.test.ts',
        'refuses further codes after 5 wrong ones, and after 20 in a day, whatever browser and address',
      ),
    },
    {
      name: 'Recovery codes used once',
      what: 'A recovery code is used once, in one atomic step of the store.',
      without: [
        inServer(
          'store/sql/factors/recovery-codes.ts',
          'WHERE user_id = ? AND code_digest = ? AND used_at_ms IS NULL',
          'WHERE user_id = ? AND code_digest = ?',
        ),
      ],
      test: seenBy('web/second-factor.test.ts', 'signs in once, in any case and with or without hyphens'),
    },
    {
      name: 'Recovery codes of one person',
      what: 'A recovery code is digested with the id of its person, and new ones take the place of those before.',
      without: [
        inServer(
          'store/sql/factors/recovery-codes.ts',
          "yield* run('DELETE FROM recovery_code WHERE user_id = ?', owner);",
          '',
        ),
      ],
      test: seenBy(
        'web/second-factor.test.ts',
        'of another person, or from before new ones were made, signs nobody in',
      ),
    },
    {
      name: 'Sealed TOTP secrets',
      what: 'The secret of an app is sealed for its own factor, and sealed anew before its key is dropped.',
      without: [
        inServer(
          'factors/totp.ts',
          "if (bytes === undefined || bytes.toString('latin1', 0, id.length) !== id) return undefined;",
          'if (bytes === undefined) return undefined;',
        ),
      ],
      test: seenBy('factors/reseal-secrets.test.ts', 'a sealed secret opens for its own factor alone'),
    },
    {
      name: 'Key shown to the person who adds it',
      what: 'A new key of an app is added for the person to whom it was shown.',
      without: [
        inServer(
          'factors/totp-enrolment.ts',
          'if (userId !== user.id || expiresAtMs <= context.now()) return undefined;',
          'if ((userId !== user.id && user.id === "") || expiresAtMs <= context.now()) return undefined;',
        ),
      ],
      test: seenBy('web/security/security-pages.test.ts', 'a key that another person was shown is refused'),
    },
    {
      name: 'Recent sign-in before a change',
      what: 'A change of what one signs in with asks for a sign-in of the last 15 minutes.',
      without: [
        inServer(
          'factors/recent-sign-in.ts',
          'return now() - createdAtMs <= RECENT_SIGN_IN_SECONDS * 1000;',
          'return now() >= createdAtMs && RECENT_SIGN_IN_SECONDS > 0;',
        ),
      ],
      test: seenBy(
        'web/security/security-pages.test.ts',
        'a change asks for a sign-in of the last 15 minutes, and leads back',
      ),
    },
    {
      name: 'Second factor before a change',
      what: 'Once a person has a factor, a sign-in with the password alone changes none.',
      without: [
        inServer(
          'factors/recent-sign-in.ts',
          'if (had.length > 0 && !hasSecondFactor(session.factors)) return false;',
          'void hasSecondFactor;',
        ),
      ],
      test: seenBy(
        'web/security/security-pages.test.ts',
        'once a person has a second factor, a sign-in with the password alone changes nothing',
      ),
    },
    {
      name: 'Factors removed by their own form',
      what: 'A factor is removed by a form for this one; recovery codes go with the last.',
      without: [
        inServer(
          'web/security/security-page.ts',
          'if (!isGenuineChange(changing, fields, `remove ${id}`)) {',
          'if (!isGenuineChange(changing, fields, `remove ${id}`) && id === "") {',
        ),
      ],
      test: seenBy(
        'web/security/security-pages.test.ts',
        'a factor is removed by its own form, and the codes go with the last one',
      ),
    },
    {
      name: 'Factors removed by operators',
      what: 'Operators see what a person signs in with, and remove it.',
      without: [
        inServer(
          'store/sql/factors/factors.ts',
          "const factors = yield* run('DELETE FROM factor WHERE user_id = ?', owner);",
          "const factors = yield* run('DELETE FROM factor WHERE user_id = ? AND 1 = 0', owner);",
        ),
      ],
      test: seenBy(
        'cli/entries/commands.test.ts',
        'what a person signs in with is shown, and removed by a command, once',
      ),
    },
    {
      name: 'Challenge of this browser',
      what: 'A WebAuthn challenge is authenticated, and bound to its purpose and to a secret of the browser that it was shown in.',
      without: [
        inServer(
          'factors/challenge.ts',
          'if (!context.keys.verifyMac(bytes.subarray(head.length), PURPOSE, purpose, secret, head)) return undefined;',
          'void secret;',
        ),
      ],
      test: passkeys(
        'a passkey signs in for its own origin and relying party, with each challenge once, and a counter that rises',
      ),
    },
    {
      name: 'Challenges answered once',
      what: 'A challenge that was answered rightly is spent, in the same step as the passkey is used.',
      without: [inServer('store/sql/factors/factors.ts', 'if (spent === 0) return false;', 'void spent;')],
      test: passkeys(
        'a passkey signs in for its own origin and relying party, with each challenge once, and a counter that rises',
      ),
    },
    {
      name: 'Challenges that end',
      what: 'A challenge ends with the page that it is on.',
      without: [inServer('factors/challenge.ts', 'if (expiresAtMs <= context.now()) return undefined;', '')],
      test: seenBy('factors/challenge.test.ts', 'a challenge ends with its page'),
    },
    {
      name: 'Passkeys of this origin',
      what: 'The answer of an authenticator is taken for the origin of the instance alone.',
      without: [
        inServer(
          'factors/passkeys.ts',
          '    expectedOrigin: party.origin,\n    expectedRPID: party.id,\n    // The counter',
          "    expectedOrigin: JSON.parse(Buffer.from(answer.clientDataJSON, 'base64url').toString()).origin,\n    expectedRPID: party.id,\n    // The counter",
        ),
      ],
      test: passkeys(
        'a passkey signs in for its own origin and relying party, with each challenge once, and a counter that rises',
      ),
    },
    {
      name: 'Passkeys of this relying party',
      what: 'The answer of an authenticator is taken for the host of the instance alone.',
      without: [
        inServer(
          'factors/passkeys.ts',
          '    expectedRPID: party.id,\n    // The counter',
          "    expectedRPID: [party.id, 'example.com'],\n    // The counter",
        ),
      ],
      test: passkeys(
        'a passkey signs in for its own origin and relying party, with each challenge once, and a counter that rises',
      ),
    },
    {
      name: 'Passkeys registered at this origin',
      what: 'A passkey is registered for the origin and the host of the instance, and for a challenge of this session.',
      without: [
        inServer(
          'factors/passkeys.ts',
          '    expectedOrigin: party.origin,\n    expectedRPID: party.id,\n    requireUserVerification: false,\n    supportedAlgorithmIDs',
          "    expectedOrigin: JSON.parse(Buffer.from(answer.clientDataJSON, 'base64url').toString()).origin,\n    expectedRPID: party.id,\n    requireUserVerification: false,\n    supportedAlgorithmIDs",
        ),
      ],
      test: passkeys(
        'a passkey is registered for its own origin and relying party, and for a challenge of its session',
      ),
    },
    {
      name: 'Rising counters',
      what: 'A passkey whose counter does not rise is refused as a copy, and audited.',
      without: [
        inServer(
          'store/sql/factors/factors.ts',
          "WHERE id = ?3 AND (counter < ?1 OR (kind = 'passkey' AND counter = 0 AND ?1 = 0))`,",
          "WHERE id = ?3 AND (counter < ?1 OR kind = 'passkey')`,",
        ),
      ],
      test: passkeys(
        'a passkey signs in for its own origin and relying party, with each challenge once, and a counter that rises',
      ),
    },
    {
      name: 'Verified user where it is the only factor',
      what: 'A passkey is the only factor where its authenticator verified the user; otherwise it is the second.',
      without: [
        inServer(
          'people/second-factor.ts',
          "const isEnough = use.kind === 'right' && use.isVerified && use.userHandle === use.passkey.userId;",
          "const isEnough = use.kind === 'right' && use.userHandle === use.passkey.userId;",
        ),
      ],
      test: passkeys('a passkey that did not verify its user, or does not name them, signs nobody in alone'),
    },
    {
      name: 'Passkey of the person it names',
      what: 'Signing in without a name needs a passkey that names its person itself.',
      without: [
        inServer(
          'people/second-factor.ts',
          "const isEnough = use.kind === 'right' && use.isVerified && use.userHandle === use.passkey.userId;",
          "const isEnough = use.kind === 'right' && use.isVerified;",
        ),
      ],
      test: passkeys('a passkey that did not verify its user, or does not name them, signs nobody in alone'),
    },
    {
      name: 'Passkey of the person who typed the password',
      what: 'As second factor a passkey is taken of the person whose password was right.',
      without: [
        inServer(
          'people/second-factor.ts',
          "if (use.kind !== 'right' || use.passkey.userId !== user.id) return undefined;",
          "if (use.kind !== 'right') return undefined;",
        ),
      ],
      test: passkeys('the passkey of another person is not the second factor'),
    },
    {
      name: 'Passkeys registered once',
      what: 'A credential id that the store has is not registered again, for whomever.',
      without: [
        inServer('store/sql/factors/factors.ts', "if (same !== undefined) return 'taken';", 'void same;'),
      ],
      test: seenByStore('store/testing/factors.ts', 'a credential is registered once, for whomever'),
    },
    {
      name: 'Bounded factors',
      what: 'A person has 20 factors at most, and an answer of an authenticator 16 KiB.',
      without: [
        inServer(
          'store/sql/factors/factors.ts',
          "if ((counted?.count ?? 0) >= most) return 'tooMany';",
          'void [counted, most];',
        ),
      ],
      test: seenByStore(
        'store/testing/factors.ts',
        'a user has at most so many factors, also when they are added at once',
      ),
    },
    {
      name: 'One script by its hash',
      what: 'The script for passkeys is the only one of the pages that have it, by its address and its hash.',
      without: [
        inServer(
          'web/security-headers.ts',
          "`script-src ${script.url} '${script.integrity}'`,",
          "`script-src 'self' 'unsafe-inline'`,",
        ),
      ],
      test: seenBy(
        'web/security-headers.test.ts',
        'the script for passkeys is allowed by its address and its hash, and is under 4 kB',
      ),
    },
  ],
};
