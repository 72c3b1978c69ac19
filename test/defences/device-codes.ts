import { inServer, type Subject, seenBy } from './defence.ts';

export const deviceCodes: Subject = {
  heading: 'Device codes',
  defences: [
    {
      name: 'Counted user codes',
      what: 'A user code that nobody has counts against the person and the address, and beyond the limit none is looked for.',
      without: [
        inServer(
          'grants/device-request.ts',
          'find(context, query, attemptsOf(context, guessOf(query)))',
          'find(context, query, [])',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'wrong user codes are counted, all look alike, and beyond the limit the right one is refused, too',
      ),
    },
    {
      name: 'Guesses counted before they are checked',
      what: 'The store counts a guess and compares it with the limit in one step, before anything is checked.',
      without: [
        inServer(
          'store/sqlite/sqlite-store.ts',
          'if (untilMs === undefined) this.#countAttempts(attempts, nowMs);\n      return untilMs;',
          'if (untilMs === undefined) setImmediate(() => this.#countAttempts(attempts, nowMs));\n      return untilMs;',
        ),
      ],
      test: seenBy('limits/guesses.test.ts', 'guesses made at once cannot slip under the limit'),
    },
    {
      name: 'No code before sign-in',
      what: 'A user code is looked for once somebody is signed in; before, every code has the same answer.',
      without: [
        inServer(
          'web/device-page.ts',
          'if (signedIn === undefined) return signInFirst(deviceUrl(context, userCode));\n  if (userCode === undefined)',
          "if (signedIn === undefined && (userCode === undefined || (await context.store.findDeviceRequest({ userCodeDigests: [context.keys.mac('user-code', userCode).subarray(0, 16)], questionDigests: [], attempts: [] }, context.now())).kind === 'found')) return signInFirst(deviceUrl(context, userCode));\n  if (signedIn === undefined) return seeOther('/');\n  if (userCode === undefined)",
        ),
      ],
      test: seenBy('web/device-attacks.test.ts', 'who is not signed in learns nothing about any user code'),
    },
    {
      name: 'Counted last letters',
      what: 'Wrong last letters of a user code count as a wrong user code.',
      without: [
        inServer(
          'grants/device-request.ts',
          'const untilMs = await takeGuess(context, guessOf(query));',
          'const untilMs = await Promise.resolve<number | undefined>(undefined);',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'wrong last letters of a link that was overseen are counted likewise',
      ),
    },
    {
      name: 'Typed last letters',
      what: 'Allowing a device needs the last four letters of its user code.',
      without: [
        inServer(
          'grants/device-request.ts',
          "if (checked.kind !== 'right') return { kind: 'unconfirmed', request, mistake: checked };",
          '',
        ),
      ],
      test: seenBy(
        'grants/device-request.test.ts',
        'a request is not allowed without the end of its user code, nor with a wrong one, from whatever network',
      ),
    },
    {
      name: 'Hidden last letters',
      what: 'No page, address or hidden field on the way to the answer has the last letters of the user code.',
      without: [
        inServer(
          'grants/user-code.ts',
          'return userCode.slice(0, LENGTH - ENDING_LENGTH);',
          'return userCode;',
        ),
      ],
      test: seenBy('web/device-attacks.test.ts', 'allows nothing by clicks, and no page on the way'),
    },
    {
      name: 'Sealed request',
      what: 'The address of the question has the user code sealed; changed or of another instance, it opens nothing.',
      without: [
        inServer(
          'web/device-reference.ts',
          "return keys.seal(PURPOSE, Buffer.from(userCode)).toString('base64url');",
          "void keys;\n  return Buffer.from(userCode).toString('base64url');",
        ),
        inServer(
          'web/device-reference.ts',
          "return keys.unseal(PURPOSE, Buffer.from(reference, 'base64url'))?.toString();",
          "void keys;\n  return Buffer.from(reference, 'base64url').toString();",
        ),
      ],
      test: seenBy(
        'web/device-question.test.ts',
        'a request from another network shows the caution first, then Deny, and hides the end of the code everywhere',
      ),
    },
    {
      name: 'Genuine device codes',
      what: 'A device code is authenticated with the key of the instance and the random salt of its row.',
      without: [
        inServer(
          'grants/tokens.ts',
          'return authorization && verifyToken(context.keys, token, authorization.salt) ? authorization : undefined;',
          'void verifyToken;\n  return authorization;',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a device code with any other letter is none, whoever shows it',
      ),
    },
    {
      name: 'Codes and tokens bound to their client',
      what: 'A device code, authorization code or refresh token is refused to every client but the one that it was issued to.',
      without: [inServer('grants/tokens.ts', 'if (!isSameClient(client, clientId)) {', 'if (false) {')],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a device code that was overheard is of no use to another client',
      ),
    },
    {
      name: 'Device codes that end',
      what: 'A device code ends when it was said to, however often it is polled.',
      without: [
        inServer('grants/device-code.ts', 'if (token.expiresAtMs <= context.now()) {', 'if (false) {'),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'polling does not lengthen the waiting: a code ends when it was said to',
      ),
    },
    {
      name: 'Paced polls',
      what: 'A device that polls more often than it was told to gets `slow_down`, and others do not wait for it.',
      without: [
        inServer(
          'grants/device-code.ts',
          'if (!context.devicePolls.take(authorization.id, context.now())) {',
          'if (false) {',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'polling faster than allowed is slowed down, and makes nobody else wait',
      ),
    },
    {
      name: 'Bounded requests of an address',
      what: 'An address that starts device authorizations too often is told to wait.',
      without: [
        inServer(
          'grants/device-code.ts',
          'if (!context.deviceStarts.take(origin.address, nowMs)) {',
          'if (false) {',
        ),
      ],
      test: seenBy(
        'grants/device-code.test.ts',
        'is slowed down for an address that asks too often, and for no other',
      ),
    },
    {
      name: 'Bounded waiting requests',
      what: 'So many device authorizations wait at a time; beyond, the address with the most loses its newest.',
      without: [
        inServer(
          'store/sqlite/sqlite-store.ts',
          'const leaving = this.#pendingRequests.add(\n        { id, address: request.address },\n        this.#options.maxPendingDeviceRequests,\n      );',
          'const leaving = this.#pendingRequests.add(\n        { id, address: request.address },\n        Number.POSITIVE_INFINITY,\n      );',
        ),
      ],
      test: seenBy('grants/device-code.test.ts', 'is slowed down while too many requests wait for an answer'),
    },
    {
      name: 'One answer for each request',
      what: 'Allowing or denying a device counts once, in one atomic step, for its own request.',
      without: [
        inServer(
          'web/csrf.ts',
          'return [form, secret, question];',
          "void question;\n  return [form, secret, ''];",
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a form that allowed one device allows no other, and none twice (replay)',
      ),
    },
    {
      name: 'Reused device codes end the session',
      what: 'A device code that comes again after its grace ends the session that came of it.',
      without: [
        inServer(
          'grants/redeem-code.ts',
          'await context.store.endAuthorization(authorizationId, context.now());',
          '',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a device code that is redeemed again after its grace ends the session of whoever has it (replay)',
      ),
    },
    {
      name: 'Unchecked names marked',
      what: 'The name that a client gave itself is marked as unchecked; only a client of the configuration is marked as known.',
      without: [
        inServer(
          'web/asker.ts',
          '<small>${asker.knownClient === undefined ? messages.unchecked : messages.known}</small>',
          '<small>${messages.known}</small>',
        ),
      ],
      test: seenBy('web/device-attacks.test.ts', 'a name that anyone can register says nothing'),
    },
    {
      name: 'Known by a secret alone',
      what: 'A client is known to the operator by the hash of its secret in the configuration, never by its name or id.',
      without: [
        inServer(
          'grants/known-client.ts',
          'if (!isSecretOf(known.secretHash, clientSecret)) return undefined;',
          'void isSecretOf;\n  void clientSecret;',
        ),
      ],
      test: seenBy(
        'grants/device-policy.test.ts',
        'a client is not known by its name, nor by its id with another secret',
      ),
    },
    {
      name: 'Harmless characters',
      what: 'What strangers chose is shown without control characters, invisible ones, changes of direction and piles of accents, and cut to a length.',
      without: [
        inServer(
          'web/plain-text.ts',
          ".replace(/[\\p{C}\\p{Zl}\\p{Zp}\\u115f\\u1160\\u2800\\u3164\\uffa0]/gu, '\\ufffd')",
          '',
        ),
      ],
      test: seenBy(
        'web/plain-text.test.ts',
        'a client name that tries to turn, hide or split the text around it is shown as harmless characters',
      ),
    },
    {
      name: 'Caution from another network',
      what: 'Where the device asks from another network than the browser’s, the caution comes first and “Deny” is the filled button.',
      without: [
        inServer(
          'web/device-question.ts',
          "request.network === 'different'\n    ?",
          "(request.network as string) === 'nowhere'\n    ?",
        ),
      ],
      test: seenBy(
        'web/device-question.test.ts',
        'a request from another network shows the caution first, then Deny, and hides the end of the code everywhere',
      ),
    },
    {
      name: 'Network of the device by its socket',
      what: 'Of the headers in which a device claims an address, none counts unless a trusted proxy sent it.',
      without: [
        inServer(
          'http/client-address.ts',
          "while (entry !== '' && this.isTrusted(address)) {",
          "while (entry !== '') {",
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a device that claims to be in the victim’s network, by headers of its own, is in its own all the same',
      ),
    },
    {
      name: 'Device sign-in can be off',
      what: 'With `grants.deviceCode: false` no client gets a device code.',
      without: [inServer('grants/device-policy.ts', 'if (!config.grants.deviceCode) {', 'if (false) {')],
      test: seenBy(
        'grants/device-policy.test.ts',
        'a client asks for a device code only while the grant is on, and is told what to do instead',
      ),
    },
    {
      name: 'No page where device sign-in is off',
      what: 'With `grants.deviceCode: false` no page takes a user code or an answer.',
      without: [
        inServer(
          'web/device-page.ts',
          'if (!context.config.grants.deviceCode) return renderTurnedOff(visit);\n  const fields = parseQuery(request);',
          'void renderTurnedOff;\n  const fields = parseQuery(request);',
        ),
      ],
      test: seenBy(
        'web/device-refusal.test.ts',
        'where device sign-in is off, every page about devices says so',
      ),
    },
    {
      name: 'Device sign-in for known clients',
      what: 'Where the policy names clients, only these get a device code.',
      without: [
        inServer(
          'grants/device-policy.ts',
          'if (!isClientAllowed({ config }, client.knownAs)) {',
          'if (false) {',
        ),
      ],
      test: seenBy(
        'grants/device-policy.test.ts',
        'a known client that device sign-in does not name gets no device code',
      ),
    },
    {
      name: 'Device sign-in for named groups',
      what: 'Where the policy names groups, only their members allow a device.',
      without: [
        inServer(
          'grants/device-policy.ts',
          "if (!(await isGroupAllowed(context, session))) return refused('group');",
          'void isGroupAllowed;',
        ),
      ],
      test: seenBy(
        'grants/device-policy.test.ts',
        'where groups are named, only their members allow a device',
      ),
    },
    {
      name: 'Device sign-in from named networks',
      what: 'Where the policy names networks, a device is allowed only from a browser there.',
      without: [
        inServer(
          'grants/device-policy.ts',
          "if (!isNetworkAllowed(context, origin)) return refused('network');",
          'void isNetworkAllowed;',
        ),
      ],
      test: seenBy(
        'grants/device-policy.test.ts',
        'where networks are named, a device is allowed only from there',
      ),
    },
    {
      name: 'Device in the network of the browser',
      what: 'The policy can refuse a device that asks from another network than the browser’s, or from an unknown one.',
      without: [
        inServer(
          'grants/device-policy.ts',
          "if (deviceSignIn.sameNetwork && request.network !== 'same') return refused('otherNetwork');",
          '',
        ),
      ],
      test: seenBy(
        'grants/device-policy.test.ts',
        'where one network is asked for, a device in another or in an unknown one is not allowed',
      ),
    },
    {
      name: 'Recent sign-in before a device',
      what: 'The policy can ask for a recent sign-in before a device is allowed.',
      without: [
        inServer(
          'grants/device-policy.ts',
          'const isRecent = context.now() - session.createdAtMs <= recentSignInSeconds * 1000;',
          'const isRecent = context.now() >= session.createdAtMs;',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a victim who is signed in since long is asked to sign in again, where the policy wants that',
      ),
    },
    {
      name: 'That wasn’t me',
      what: 'Whoever allowed a device or program ends it by one button, role credentials included.',
      without: [
        inServer(
          'grants/take-back.ts',
          'await endSession(context, program, { actor: userId, origin });',
          'void [endSession, program, origin];',
        ),
      ],
      test: seenBy(
        'web/take-back.test.ts',
        'ends a device at once: its tokens, and the role credentials that it has',
      ),
    },
    {
      name: 'Taken back by its owner alone',
      what: 'What a person allowed is ended by “That wasn’t me” of that person alone.',
      without: [
        inServer('grants/take-back.ts', "if (authorization.userId !== userId) return 'notTheirs';", ''),
      ],
      test: seenBy('grants/take-back.test.ts', 'what nobody allowed, what another person allowed'),
    },
    {
      name: 'Links of other sites look nothing up',
      what: 'Where a page of another site led to the device page, its user code is not looked for before one more click.',
      without: [
        inServer(
          'web/device-page.ts',
          'if (isLedByAnotherSite(request)) return renderLinked(visit, userCode);',
          'void [isLedByAnotherSite, renderLinked];',
        ),
      ],
      test: seenBy('web/device-attacks.test.ts', 'a link on another site uses up none of the person’s tries'),
    },
    {
      name: 'Forms of the session that showed them',
      what: 'A form is bound to the sign-in session that it was shown under.',
      without: [
        inServer(
          'web/csrf.ts',
          'return [form, secret, question];',
          "void secret;\n  return [form, '', question];",
        ),
      ],
      test: seenBy('web/device-attacks.test.ts', 'a remembered link opens nothing for whoever finds it'),
    },
    {
      name: 'User codes without look-alikes',
      what: 'User codes are eight random consonants of twenty that do not look alike.',
      without: [
        inServer(
          'grants/user-code.ts',
          "export const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';",
          "export const USER_CODE_ALPHABET = 'ABCDEFGHIJKLMNOPQRST';",
        ),
      ],
      test: seenBy(
        'grants/user-code.test.ts',
        'a user code is eight consonants in two halves, and rarely the same',
      ),
    },
  ],
};
