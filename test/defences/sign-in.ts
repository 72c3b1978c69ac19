import { inServer, type Subject, seenBy } from './defence.ts';

export const signIn: Subject = {
  heading: 'Passwords and signing in',
  defences: [
    {
      name: 'Passwords as argon2id',
      what: 'Passwords are kept as argon2id hashes with a random salt each.',
      without: [
        inServer('people/password.ts', 'salt: Buffer = randomBytes(16)', 'salt: Buffer = Buffer.alloc(16)'),
      ],
      test: seenBy('people/password.test.ts', 'two hashes of one password differ, as each has its own salt'),
    },
    {
      name: 'Limited guesses at a person',
      what: 'Wrong passwords are limited by person, from wherever they come.',
      without: [
        inServer(
          'limits/guesses.ts',
          'return [{ subject, limit: limits.passwordFailuresPerUser }];',
          'return [];',
        ),
      ],
      test: seenBy('limits/guesses.test.ts', "a user's password can be guessed so often, from wherever"),
    },
    {
      name: 'Limited guesses of an address',
      what: 'Wrong passwords are limited by address, at whomever they are.',
      without: [
        inServer('limits/guesses.ts', 'limit: perAddress * shares,', 'limit: perAddress * shares * 1e6,'),
      ],
      test: seenBy('limits/guesses.test.ts', 'an address can guess so often, at whomever'),
    },
    {
      name: 'One customer, one address',
      what: 'IPv6 addresses count by their /64, /56 and /48.',
      without: [
        inServer(
          'limits/address-block.ts',
          'const BLOCK_SHARES = { 48: 16, 56: 4, 64: 1 } as const;',
          'const BLOCK_SHARES = { 48: 16000, 56: 4000, 64: 1 } as const;',
        ),
      ],
      test: seenBy(
        'limits/guesses.test.ts',
        'the /64s of one /56 guess as often as four addresses, those of one /48 as often as sixteen',
      ),
    },
    {
      name: 'Limits that outlive a restart',
      what: 'A guess is counted durably: a restart forgets none.',
      without: [
        inServer(
          'store/sqlite/sqlite-store.ts',
          'this.#pendingRequests = new PendingRequests(database);',
          "database.exec('DELETE FROM attempt_window');\n    this.#pendingRequests = new PendingRequests(database);",
        ),
      ],
      test: seenBy('limits/guesses.test.ts', 'a restart forgets no guesses'),
    },
    {
      name: 'Unknown names look like known ones',
      what: 'A wrong password, an unknown name, a person without a password and a disabled one get the same answer.',
      without: [
        inServer(
          'people/sign-in.ts',
          '  if (!isCurrent) {\n',
          "  if (user === undefined) return { kind: 'limited', retryAfterSeconds: 1 };\n  if (!isCurrent) {\n",
        ),
      ],
      test: seenBy(
        'web/sign-in-page.test.ts',
        'a wrong password, an unknown user and a user without password look alike',
      ),
    },
    {
      name: 'Unknown names cost as much',
      what: 'The password for an unknown name is compared with a hash that costs as much, and never matches.',
      without: [
        inServer(
          'people/password.ts',
          'const expected = (hash === undefined ? undefined : parsePasswordHash(hash)) ?? decoy;',
          'const expected = (hash === undefined ? undefined : parsePasswordHash(hash)) ?? { ...decoy, memory: 8 };',
        ),
      ],
      test: seenBy(
        'people/equal-work.test.ts',
        'a sign-in costs the same whether nobody has the name, or the password is wrong',
      ),
    },
    {
      name: 'Known names ask no more',
      what: 'A wrong password asks no more of the store for a name that somebody has than for one that nobody has.',
      without: [
        inServer(
          'people/sign-in.ts',
          "    verdict === 'match' &&\n    user !== undefined &&\n    (await context.directory.findUser(user.id))?.version === user.version;",
          "    user !== undefined &&\n    (await context.directory.findUser(user.id))?.version === user.version &&\n    verdict === 'match';",
        ),
      ],
      test: seenBy(
        'people/equal-work.test.ts',
        'a sign-in costs the same whether nobody has the name, or the password is wrong',
      ),
    },
    {
      name: 'Unknown names are limited alike',
      what: 'Guesses at a name that nobody has count as guesses at a person, so that the limit does not tell who exists.',
      without: [
        inServer(
          'people/sign-in.ts',
          'user: user?.id ?? nameKey(userName),',
          'user: user?.id ?? nameKey(userName + context.now() + Math.random()),',
        ),
      ],
      test: seenBy(
        'people/sign-in.test.ts',
        'names that nobody has are limited like others, so that limits do not tell who exists',
      ),
    },
    {
      name: 'Limited before it is compared',
      what: 'Beyond the limit not even the right password is looked at.',
      without: [
        inServer(
          'people/sign-in-try.ts',
          "if (untilMs !== undefined) return { kind: 'limited', untilMs };",
          'void untilMs;',
        ),
      ],
      test: seenBy(
        'people/sign-in.test.ts',
        'after too many wrong passwords not even the right one is looked at, until the window has passed',
      ),
    },
    {
      name: 'Known browsers',
      what: 'A browser in which a person signed in before has tries of its own, so that nobody locks them out of it.',
      without: [
        inServer(
          'people/sign-in-try.ts',
          'if (cookie !== undefined && (await takeTryOfDeviceCookie(context, cookie, guess.address))) {',
          'if (cookie !== undefined && cookie.id === "" && (await takeTryOfDeviceCookie(context, cookie, guess.address))) {',
        ),
      ],
      test: seenBy(
        'people/device-cookie.test.ts',
        'somebody else’s wrong passwords do not lock a person out of a browser in which they signed in before',
      ),
    },
    {
      name: 'Ten tries of a known browser',
      what: 'The cookie of a known browser allows ten wrong passwords in all; who steals it can guess ten times.',
      without: [
        inServer(
          'limits/guesses.ts',
          'limit: DEVICE_COOKIE_TRIES, windowMs };',
          'limit: DEVICE_COOKIE_TRIES * 1000, windowMs };',
        ),
      ],
      test: seenBy('people/device-cookie.test.ts', 'a device cookie has ten wrong passwords in all'),
    },
    {
      name: 'Known browsers after a new password',
      what: 'The cookie of a known browser is void once the password was changed.',
      without: [
        inServer(
          'people/sign-in.ts',
          '({ userId, userVersion }) => userId === user?.id && userVersion === user.version,',
          '({ userId }) => userId === user?.id,',
        ),
      ],
      test: seenBy('people/device-cookie.test.ts', 'a device cookie is void once the password was changed'),
    },
    {
      name: 'Turns for everyone',
      what: 'Passwords are checked a few at a time, and addresses take turns; one cannot keep others waiting.',
      without: [
        inServer(
          'people/password.ts',
          'maxWaitingPerAddress: options.concurrency * queuedPerAddress,',
          'maxWaitingPerAddress: options.concurrency * queuedPerAddress * 1e6,',
        ),
      ],
      test: seenBy(
        'people/password.test.ts',
        'checks of one address beyond its queue are refused at once, and queued ones still run',
      ),
    },
    {
      name: 'Disabled while the password is checked',
      what: 'Who is disabled while the password is being checked does not get in.',
      without: [
        inServer(
          'people/sign-in.ts',
          'user !== undefined &&\n    (await context.directory.findUser(user.id))?.version === user.version;',
          'user !== undefined;',
        ),
      ],
      test: seenBy(
        'people/sign-in.test.ts',
        'somebody who is disabled while the password is checked does not get in',
      ),
    },
    {
      name: 'Bounded passwords',
      what: 'An empty password, and one over 1024 bytes, is none.',
      without: [
        inServer(
          'people/password.ts',
          'if (byteLength === 0 || byteLength > 1024) return undefined;',
          'if (byteLength === 0) return undefined;',
        ),
      ],
      test: seenBy('people/password.test.ts', 'an empty password and one over 1024 bytes are refused'),
    },
    {
      name: 'Passwords of fifteen characters',
      what: 'A new password has 15 characters or more, unless the configuration says otherwise.',
      without: [
        inServer(
          'passwords/check-new-password.ts',
          "if ([...password.normalize('NFKC')].length < minLength) return",
          "if ([...password.normalize('NFKC')].length < minLength - 100) return",
        ),
      ],
      test: seenBy(
        'passwords/check-new-password.test.ts',
        'a password has characters enough, counted as people see them, and bytes not too many',
      ),
    },
    {
      name: 'Predictable passwords refused',
      what: 'A new password is not mere common words, the person’s names, digits or rows of keys.',
      without: [
        inServer(
          'passwords/check-new-password.ts',
          "if (isPredictable(password, whose && namesOf(whose))) return { kind: 'predictable' };",
          'void [isPredictable, namesOf, whose];',
        ),
      ],
      test: seenBy('passwords/check-new-password.test.ts', 'which guessers try early, is refused'),
    },
    {
      name: 'Names of the person refused',
      what: 'A new password is not the name of the person with digits.',
      without: [
        inServer(
          'passwords/check-new-password.ts',
          'if (isPredictable(password, whose && namesOf(whose))) return',
          'void [namesOf, whose];\n  if (isPredictable(password, undefined)) return',
        ),
      ],
      test: seenBy('passwords/check-new-password.test.ts', 'is refused to the person whose name it is'),
    },
    {
      name: 'Breached passwords refused',
      what: 'A new password is refused that the operator’s list of breached passwords has.',
      without: [
        inServer(
          'passwords/check-new-password.ts',
          'if (refusedFile !== undefined && (await isInRefusedFile(refusedFile, password)))',
          'if (refusedFile !== undefined && !(await isInRefusedFile(refusedFile, password)) && password === "")',
        ),
      ],
      test: seenBy(
        'passwords/refused-file.test.ts',
        'a new password that the list has is refused, in whatever case the list has it',
      ),
    },
    {
      name: 'No password taken unchecked',
      what: 'While the list of breached passwords cannot be read, no new password is taken.',
      without: [
        inServer(
          'passwords/check-new-password.ts',
          '(await isInRefusedFile(refusedFile, password))',
          '(await isInRefusedFile(refusedFile, password).catch(() => false))',
        ),
      ],
      test: seenBy('passwords/refused-file.test.ts', 'nothing is taken while the list cannot be read'),
    },
    {
      name: 'Current password before a new one',
      what: 'A person who has a password changes it with that.',
      without: [
        inServer(
          'people/current-password.ts',
          "if (verdict === 'mismatch') {",
          "if (verdict === 'mismatch' && password === '') {",
        ),
      ],
      test: seenBy('web/security/password-page.test.ts', 'is refused, and nothing is changed'),
    },
    {
      name: 'Limited guesses at the current password',
      what: 'The current password is guessed no more often on the page of a change than at the sign-in.',
      without: [
        inServer(
          'people/current-password.ts',
          "if (tried.kind === 'limited') {\n    context.audit",
          "if (tried.kind === 'limited' && userId === '') {\n    context.audit",
        ),
        inServer(
          'people/current-password.ts',
          'const verdict = await context.passwords.verify(hash, password, tried.holder);\n',
          "if (tried.kind === 'limited') return undefined;\n  const verdict = await context.passwords.verify(hash, password, tried.holder);\n",
        ),
      ],
      test: seenBy(
        'web/security/password-page.test.ts',
        'the password of before is guessed no more often than at the sign-in',
      ),
    },
    {
      name: 'A new password ends the rest',
      what: 'A new password ends other browsers and all programs of the person.',
      without: [
        inServer(
          'store/sql/directory/user-passwords.ts',
          'if (present !== hash) yield* renewVersion(userId, version?.after);',
          'if (present === null) yield* renewVersion(userId, version?.after);',
        ),
      ],
      test: seenBy(
        'web/security/password-page.test.ts',
        'a changed password ends other browsers and all programs, and not the browser that changed it',
      ),
    },
    {
      name: 'An administrator’s password stays',
      what: 'A password that an administrator sets while its owner changes it stays.',
      without: [
        inServer(
          'store/sql/directory/user-passwords.ts',
          'if (version !== undefined && version.before !== user.version) {',
          'if (version !== undefined && version.before === "") {',
        ),
      ],
      test: seenBy(
        'people/own-password.test.ts',
        'a password that an administrator sets while its owner changes it stays',
      ),
    },
    {
      name: 'Masked password fields',
      what: 'The field for the password is masked, and open to password managers and pasting.',
      without: [
        inServer('web/sign-in-page.ts', 'name="password" type="password"', 'name="password" type="text"'),
      ],
      test: seenBy(
        'web/sign-in-page.test.ts',
        'the field for the password is masked, and password managers may fill it in and paste into it',
      ),
    },
    {
      name: 'Bearable hashes',
      what: 'The configuration takes canonical argon2id hashes of bearable cost alone.',
      without: [
        inServer('people/password-hash.ts', 'hash.memory <= 262_144 &&', 'hash.memory <= 262_144_000 &&'),
      ],
      test: seenBy('people/password.test.ts', 'only canonical argon2id hashes of bearable cost are read'),
    },
    {
      name: 'Random generated passwords',
      what: 'A password that a command makes has 79 random bits.',
      without: [
        inServer(
          'people/password.ts',
          '() => alphabet[randomInt(alphabet.length)]).join',
          '() => alphabet[alphabet.length - 1]).join',
        ),
      ],
      test: seenBy(
        'people/password.test.ts',
        'generated passwords are four readable groups and do not repeat',
      ),
    },
    {
      name: 'No password sent back',
      what: 'A password that was typed is in no page.',
      without: [
        inServer(
          'web/sign-in-page.ts',
          'return renderSignIn(visit, { returnTo, userName, problem: messages.wrong, status: 403 });',
          'return renderSignIn(visit, { returnTo, userName, problem: `${messages.wrong} ${password}`, status: 403 });',
        ),
      ],
      test: seenBy('web/sign-in-page.test.ts', 'a password is never sent back'),
    },
    {
      name: 'No password in the configuration',
      what: 'A password in clear text is refused in the configuration, and repeated in no message.',
      without: [
        inServer(
          'config/directory-schema.ts',
          'v.check((value) => parsePasswordHash(value) !== undefined, expectedHash),',
          'v.check((value) => parsePasswordHash(value) !== null, expectedHash),',
        ),
      ],
      test: seenBy(
        'config/check-values.test.ts',
        'a password in clear text is refused, and no message repeats it',
      ),
    },
    {
      name: 'Sign-ins audited',
      what: 'Every refused and limited sign-in is an audit event, with the person or a digest of the name.',
      without: [
        inServer(
          'people/sign-in.ts',
          "context.audit.record({ event: 'signInRefused', ...whom, ...tried.audited }, origin);",
          'void whom;',
        ),
      ],
      test: seenBy(
        'people/sign-in.test.ts',
        'a refused or limited sign-in is audited with the person it was for, or a digest of a name nobody has',
      ),
    },
  ],
};
