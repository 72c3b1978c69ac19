import { inServer, type Subject, seenBy } from './defence.ts';

export const pages: Subject = {
  heading: 'Pages',
  defences: [
    {
      name: 'No frames',
      what: "No page can be shown in a frame: `frame-ancestors 'none'` and `X-Frame-Options: DENY`.",
      without: [
        inServer('web/security-headers.ts', '      "frame-ancestors \'none\'",\n', ''),
        inServer('web/security-headers.ts', "    'x-frame-options': 'DENY',\n", ''),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'no page about a device can be shown in a frame of another site (clickjacking)',
      ),
    },
    {
      name: 'No frames in Chromium',
      what: 'Chromium shows the device page in no frame of another site.',
      without: [
        inServer('web/security-headers.ts', '      "frame-ancestors \'none\'",\n', ''),
        inServer('web/security-headers.ts', "    'x-frame-options': 'DENY',\n", ''),
      ],
      test: {
        file: 'test/browser/attacks.test.ts',
        title: 'another site cannot show the device page in a frame (clickjacking)',
      },
    },
    {
      name: 'Forms of our own pages',
      what: 'A form that the browser says another site sent is refused, whatever its fields (`Sec-Fetch-Site`, `Origin`).',
      without: [
        inServer(
          'web/csrf.ts',
          "return senderOf(request, context) !== 'otherSite';",
          'return senderOf(request, context) !== undefined;',
        ),
      ],
      test: seenBy(
        'web/routes.test.ts',
        'no form that another site sends changes anything, sets a cookie or clears one',
      ),
    },
    {
      name: 'Tokens in forms',
      what: 'Each form has a token that no other site knows: a MAC over what it does, for whom, and the time.',
      without: [
        inServer(
          'web/csrf.ts',
          "if (!context.keys.verifyMac(Buffer.from(mac, 'base64url'), PURPOSE, ...partsOf(binding), issuedAt)) {\n    return 'unknown';\n  }",
          'void mac;',
        ),
      ],
      test: seenBy(
        'web/device-attacks.test.ts',
        'a form on another site allows nothing, though its author knows the whole code (CSRF)',
      ),
    },
    {
      name: 'Sign-in forms of this browser',
      what: 'A sign-in form is bound to a cookie of the browser, so that nobody is signed in as somebody else by a form of another site.',
      without: [
        inServer(
          'web/browser-form.ts',
          "return verdicts.find(({ verdict }) => verdict !== 'unknown') ?? { verdict: 'unknown', secret: '' };",
          "return verdicts.find(({ verdict }) => verdict !== 'unknown') ?? { verdict: 'genuine', secret: '' };",
        ),
      ],
      test: seenBy(
        'web/sign-in-page.test.ts',
        'a sign-in form that another site made is refused (login CSRF)',
      ),
    },
    {
      name: 'Forms that end',
      what: 'A sign-in form is taken for 12 hours, and the question of a program for one.',
      without: [
        inServer(
          'web/csrf.ts',
          "return ageSeconds > MAX_AGE_SECONDS[binding.form] ? 'tooOld' : 'genuine';",
          "return ageSeconds > MAX_AGE_SECONDS[binding.form] * 1e6 ? 'tooOld' : 'genuine';",
        ),
      ],
      test: seenBy('web/consent-page.test.ts', 'a consent form that was shown an hour ago is out of date'),
    },
    {
      name: 'Own pages after sign-in',
      what: 'Signing in leads to a page of our own, as it was written, and to no other site.',
      without: [
        inServer(
          'web/return-to.ts',
          'target !== undefined && target.length <= MAX_RETURN_TO_LENGTH && OWN_PAGE.test(target)',
          "target !== undefined && target.length <= MAX_RETURN_TO_LENGTH && (OWN_PAGE.test(target) || target.includes('//'))",
        ),
      ],
      test: seenBy(
        'web/sign-in-page.test.ts',
        'signing in never leads to another site, whatever the link says',
      ),
    },
    {
      name: 'Signing out by a form',
      what: 'A link signs nobody out; the form for it is bound to the session.',
      without: [
        inServer(
          'web/sign-out-page.ts',
          "if (verdict !== 'genuine') return renderQuestion(visit, signedIn, verdict);",
          'void verdict;',
        ),
      ],
      test: seenBy(
        'web/sign-out-page.test.ts',
        'another site cannot sign a person out: nothing changes, and the page says that they are still signed in',
      ),
    },
    {
      name: 'Switching by a form of that person',
      what: 'Another site can neither switch the person of a browser nor sign one out.',
      without: [
        inServer(
          'web/people-aside.ts',
          'requireGenuineForm(request, context, fields, bindingOf(chosen));',
          'void [requireGenuineForm, bindingOf];',
        ),
      ],
      test: seenBy('web/people-aside.test.ts', 'another site can neither switch the person nor sign one out'),
    },
    {
      name: 'Escaped text',
      what: 'Every value in a page is escaped.',
      without: [
        inServer(
          'web/asker.ts',
          'html`<bdi>${plainText(asker.clientName, 64)}</bdi>`',
          'html`<bdi>${raw(plainText(asker.clientName, 64))}</bdi>`',
        ),
        inServer(
          'web/asker.ts',
          "import { html } from 'hono/html';",
          "import { html, raw } from 'hono/html';",
        ),
      ],
      test: seenBy(
        'web/device-page.test.ts',
        'what a client says of itself is shown as text, not as markup or disguise',
      ),
    },
    {
      name: 'No inline script',
      what: 'The policy of every page allows no script, but on pages with passkeys and in the reference the one by its hash.',
      without: [
        inServer(
          'web/security-headers.ts',
          '      "default-src \'none\'",',
          "      \"default-src 'self' 'unsafe-inline'\",",
        ),
      ],
      test: {
        file: 'test/browser/attacks.test.ts',
        title: 'a name made of markup runs no script, and would not even unescaped',
      },
    },
    {
      name: 'Forms that lead to us',
      what: 'A form of a page leads to this origin, and of the question of a program to its redirect URI.',
      without: [
        inServer(
          'web/security-headers.ts',
          '      `form-action ${formTargets}`,\n',
          '      ...(formTargets === "" ? [""] : []),\n',
        ),
      ],
      test: seenBy(
        'web/destination.test.ts',
        'a form may send the browser to its own redirect URI, and to nothing wider than it must',
      ),
    },
    {
      name: 'No referrer',
      what: 'No page says to another site where the person came from, so no code leaves by a referrer.',
      without: [inServer('web/security-headers.ts', "    'referrer-policy': 'no-referrer',\n", '')],
      test: seenBy(
        'web/security-headers.test.ts',
        'a page runs no script but that for passkeys, is not framed or cached, and does not say where the person came from',
      ),
    },
    {
      name: 'Pages not cached',
      what: 'No page is kept in a cache.',
      without: [inServer('web/security-headers.ts', "    'cache-control': 'no-store',\n", '')],
      test: seenBy(
        'web/security-headers.test.ts',
        'a page runs no script but that for passkeys, is not framed or cached, and does not say where the person came from',
      ),
    },
    {
      name: 'Cookies unseen by script',
      what: 'Chromium gives no cookie of Latchkey to script.',
      without: [inServer('web/cookies.ts', 'httpOnly: true,', 'httpOnly: false,')],
      test: {
        file: 'test/browser/attacks.test.ts',
        title: 'none of the cookies that signing in sets can be read by script',
      },
    },
    {
      name: 'One meaning of a form',
      what: 'A form or query that says one thing twice is refused.',
      without: [
        inServer(
          'web/form.ts',
          'if (fields.has(name)) throw malformed(({ problems }) => problems.repeatedField);',
          '',
        ),
      ],
      test: seenBy(
        'web/form.test.ts',
        'a form that says one thing twice is refused, however the name is spelled',
      ),
    },
    {
      name: 'Forms alone',
      what: 'A form of another content type is refused.',
      without: [
        inServer(
          'web/form.ts',
          "if (mediaType.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {",
          "if (mediaType === 'none') {",
        ),
      ],
      test: seenBy(
        'web/form.test.ts',
        'a form of another content type is refused, so that no other site can send it without asking',
      ),
    },
    {
      name: 'No page fails',
      what: 'No query, form or header makes a page answer with an internal error.',
      without: [
        inServer(
          'web/form.ts',
          'throw malformed(({ problems }) => problems.notUtf8);',
          "throw new Error('not UTF-8');",
        ),
      ],
      test: seenBy('web/routes.test.ts', 'no query or form makes a page fail'),
    },
    {
      name: 'Page after an answer',
      what: 'The page that says “Allowed” is shown in the browser that answered so, for ten minutes.',
      without: [
        inServer(
          'web/done-token.ts',
          'return isOurs && !isOver ? Number.parseInt(id, 36) : undefined;',
          'void isOurs;\n  return !isOver ? Number.parseInt(id, 36) : undefined;',
        ),
      ],
      test: seenBy(
        'web/device-page.test.ts',
        'the page that says “Allowed” or “Denied” is shown only in the browser that answered so',
      ),
    },
  ],
};
