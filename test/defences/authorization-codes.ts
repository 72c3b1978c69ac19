import { inServer, type Subject, seenBy } from './defence.ts';

export const authorizationCodes: Subject = {
  heading: 'Authorization codes and consent',
  defences: [
    {
      name: 'PKCE required',
      what: 'An authorization request without a code challenge is refused, whatever the client.',
      without: [
        inServer(
          'grants/authorization-request.ts',
          'if (codeChallenge === undefined || !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) {',
          'if (codeChallenge === undefined) return { scopes: [], codeChallenge: "" };\n  if (!/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) {',
        ),
      ],
      test: seenBy('grants/authorization-request.test.ts', 'the client is told of ${what}'),
    },
    {
      name: 'S256 alone',
      what: 'The only method of code challenges is S256.',
      without: [
        inServer(
          'grants/authorization-request.ts',
          "if (get('code_challenge_method') !== 'S256') {",
          "if (!['S256', 'plain'].includes(get('code_challenge_method') ?? 'plain')) {",
        ),
      ],
      test: seenBy('grants/authorization-request.test.ts', 'the client is told of ${what}'),
    },
    {
      name: 'Verifier of the challenge',
      what: 'A code gives tokens to whoever has the verifier of its challenge alone.',
      without: [
        inServer(
          'grants/authorization-code.ts',
          "if (hash('sha256', proof.codeVerifier, 'base64url') !== codeBinding.codeChallenge) {",
          "if (hash('sha256', proof.codeVerifier, 'base64url') === '') {",
        ),
      ],
      test: seenBy(
        'grants/authorization-code.test.ts',
        'a code needs the verifier of its challenge (RFC 7636 section 4.6)',
      ),
    },
    {
      name: 'Code bound to its redirect URI',
      what: 'A code is redeemed with the redirect URI that it was sent to.',
      without: [
        inServer(
          'grants/authorization-code.ts',
          'if (codeBinding?.redirectUri !== proof.redirectUri) {',
          'if (codeBinding === null) {',
        ),
      ],
      test: seenBy('grants/authorization-code.test.ts', 'a code needs the redirect URI it was sent to'),
    },
    {
      name: 'Short-lived codes',
      what: 'An authorization code ends after 60 seconds.',
      without: [
        inServer(
          'grants/authorization-code.ts',
          "if (authorization.state === 'approved' && authorization.codeExpiresAtMs <= context.now()) {",
          'if (false) {',
        ),
        inServer(
          'store/sqlite/statements.ts',
          "WHERE id = ?4 AND state = 'approved' AND ended_at_ms IS NULL AND expires_at_ms > ?2",
          "WHERE id = ?4 AND state = 'approved' AND ended_at_ms IS NULL",
        ),
      ],
      test: seenBy('grants/authorization-code.test.ts', 'a code expires after a minute'),
    },
    {
      name: 'Single use of codes',
      what: 'A code is redeemed once; after the grace its reuse ends the session and everything that came of it.',
      without: [
        inServer(
          'grants/redeem-code.ts',
          'if (!isFirst && !isInGrace(session, CODE_GENERATION, graceOf(context))) {',
          'if (!isFirst && !isInGrace(session, CODE_GENERATION, { ...graceOf(context), graceMs: 1e12 })) {',
        ),
      ],
      test: seenBy(
        'grants/authorization-code.test.ts',
        'a code that comes back later ends the session it began (RFC 6749 section 4.1.2)',
      ),
    },
    {
      name: 'No harm by a code without its proof',
      what: 'A stolen code that is shown without its verifier, or by another client, ends nobody’s session.',
      without: [
        inServer(
          'grants/authorization-code.ts',
          "  if (hash('sha256', proof.codeVerifier, 'base64url') !== codeBinding.codeChallenge) {",
          "  if (hash('sha256', proof.codeVerifier, 'base64url') !== codeBinding.codeChallenge) {\n    await context.store.endAuthorization(authorization.id, context.now());",
        ),
      ],
      test: seenBy(
        'grants/authorization-code.test.ts',
        'a stolen code shown without its verifier does not end the session',
      ),
    },
    {
      name: 'Registered redirect URIs',
      what: 'A response goes to a redirect URI that the client registered, to the letter; on loopback the port may vary.',
      without: [
        inServer(
          'grants/redirect-uri.ts',
          'known === redirectUri || withoutLoopbackPort(known) === withoutLoopbackPort(redirectUri),',
          'redirectUri.startsWith(known) || withoutLoopbackPort(known) === withoutLoopbackPort(redirectUri),',
        ),
      ],
      test: seenBy('grants/redirect-uri.test.ts', '`${registered} does not cover ${used}`'),
    },
    {
      name: 'No redirect for an unknown client',
      what: 'A request with an unknown client or redirect URI is answered by a page of our own, and leads nowhere.',
      without: [
        inServer(
          'grants/authorization-request.ts',
          'if (!URL.canParse(redirectUri) || !isRegisteredRedirectUri(redirectUri, client.redirectUris)) {',
          'if (!URL.canParse(redirectUri)) {\n    void isRegisteredRedirectUri;',
        ),
      ],
      test: seenBy(
        'grants/authorization-request.test.ts',
        'nobody is sent to an address that was not registered (RFC 6749 section 4.1.2.1)',
      ),
    },
    {
      name: 'Redirect URIs of three kinds',
      what: 'Only https, plain http on loopback, and private-use schemes with a dot can be registered, without fragment and credentials.',
      without: [
        inServer(
          'grants/redirect-uri.ts',
          "return isLoopbackRedirect(redirectUri)\n      ? undefined\n      : 'plain http is for 127.0.0.1, [::1] and localhost only';",
          'return undefined;',
        ),
      ],
      test: seenBy('grants/redirect-uri.test.ts', 'a redirect URI cannot be registered'),
    },
    {
      name: 'No redirect of a faulty request to another site',
      what: 'A refused request redirects by itself only to a program on the person’s computer; elsewhere the page has a link.',
      without: [
        inServer('web/consent-page.ts', "if (place === 'here') return", "if (place !== 'app') return"),
      ],
      test: seenBy(
        'web/consent-page.test.ts',
        'a mistaken request is no redirect to another site, which anyone could have registered',
      ),
    },
    {
      name: 'Consent every time',
      what: 'A program gets a code after the person pressed “Allow” for this very request; being signed in is no consent.',
      without: [
        inServer(
          'web/consent-page.ts',
          "requireGenuineForm(request, context, fields, { form: 'consent', secret: signedIn.token, question: query });",
          "requireGenuineForm(request, context, fields, { form: 'consent', secret: signedIn.token, question: '' });",
        ),
        inServer(
          'web/consent-question.ts',
          "{ form: 'consent', secret: token, question: query }",
          "{ form: 'consent', secret: token, question: query.slice(0, 0) }",
        ),
      ],
      test: seenBy('web/consent-page.test.ts', 'the answer to one request cannot be used for another (CSRF)'),
    },
    {
      name: 'Typed host of another computer',
      what: 'Where the code goes to another computer, “Allow” needs the name of its host.',
      without: [
        inServer(
          'grants/authorization-answer.ts',
          "if (checked === 'wrong') return { kind: 'unconfirmed', mistake: checked };",
          '',
        ),
      ],
      test: seenBy(
        'grants/authorization-answer.test.ts',
        'a request whose response goes to another computer is not allowed without its host, nor with another',
      ),
    },
    {
      name: 'Counted hosts',
      what: 'Wrong hosts count as wrong user codes do.',
      without: [
        inServer(
          'grants/authorization-answer.ts',
          'const untilMs = await takeGuess(context, guess);',
          'const untilMs = await Promise.resolve<number | undefined>(undefined && (await takeGuess(context, guess)));',
        ),
      ],
      test: seenBy(
        'grants/authorization-answer.test.ts',
        'wrong hosts are counted, slips are not, and the right one is refused beyond the limit; denying never is',
      ),
    },
    {
      name: 'Look-alike hosts shown in ASCII',
      what: 'A host is compared in its ASCII form, so that one of look-alike letters is another.',
      without: [
        inServer(
          'grants/redirect-host.ts',
          'withoutFinalDot(given.hostname) === withoutFinalDot(wanted.hostname) &&',
          'withoutFinalDot(given.hostname).slice(0, 3) === withoutFinalDot(wanted.hostname).slice(0, 3) &&',
        ),
      ],
      test: seenBy(
        'grants/redirect-host.test.ts',
        'another host is wrong, however much it looks like the right one',
      ),
    },
    {
      name: 'Answered once',
      what: 'The same answer to an authorization request gives the same code while it waits, and never a second one.',
      without: [
        inServer(
          'store/sqlite/sqlite-store.ts',
          "if (before !== undefined) return { kind: 'answeredBefore', answer: before };\n      const { salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs } = authorization;",
          'void before;\n      const { salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs } = authorization;',
        ),
      ],
      test: seenBy(
        'grants/authorization-answer.test.ts',
        'an authorization request is answered once: the same answer again gives the same code while it waits, and no other',
      ),
    },
    {
      name: 'Issuer in the response',
      what: 'Each authorization response says its issuer, so that a client of several notices a mix-up.',
      without: [
        inServer(
          'grants/authorization-response.ts',
          '    iss: issuer,\n',
          '    ...(issuer === "" && { iss: issuer }),\n',
        ),
      ],
      test: seenBy(
        'grants/authorization-answer.test.ts',
        'the browser of someone who allows goes back with code, state and issuer (RFC 6749 section 4.1.2, RFC 9207)',
      ),
    },
    {
      name: 'State given back',
      what: 'The state of the request comes back unchanged, so that a client notices a response that it did not ask for.',
      without: [
        inServer(
          'grants/authorization-response.ts',
          '...(state !== undefined && { state }),',
          '...(state === "" && { state }),',
        ),
      ],
      test: seenBy(
        'grants/authorization-answer.test.ts',
        'the browser of someone who allows goes back with code, state and issuer (RFC 6749 section 4.1.2, RFC 9207)',
      ),
    },
    {
      name: 'Code alone',
      what: 'The only response type is `code`: no access token is ever in the address of a page.',
      without: [
        inServer(
          'grants/authorization-request.ts',
          "if (get('response_type') !== 'code') {",
          "if (get('response_type') === undefined) {",
        ),
      ],
      test: seenBy('grants/authorization-request.test.ts', 'the client is told of ${what}'),
    },
    {
      name: 'No repeated parameters',
      what: 'A request that says one parameter twice is refused, as two readers could take different ones.',
      without: [
        inServer(
          'grants/authorization-request.ts',
          "if (parameters.size < entries.length) return invalid({ kind: 'repeatedParameter' });",
          '',
        ),
      ],
      test: seenBy(
        'grants/authorization-request.test.ts',
        'a repeated parameter is an error (RFC 6749 section 3.1)',
      ),
    },
    {
      name: 'Redirect by 303',
      what: 'After a form the browser goes on by GET (303), so that no password is sent on.',
      without: [inServer('web/visit.ts', '    status: 303,\n', '    status: 307,\n')],
      test: seenBy(
        'web/sign-in-page.test.ts',
        'signing in leads to where the person was going, by GET (RFC 9700 section 4.12)',
      ),
    },
    {
      name: 'Permission taken back by signing out',
      what: 'A code whose person signed out before it is redeemed gives no tokens.',
      without: [
        inServer(
          'grants/redeem-code.ts',
          'if (authorization.endedAtMs !== null || authorizedUser(authorization) === undefined) {',
          'if (authorizedUser(authorization) === undefined) {',
        ),
        inServer(
          'grants/redeem-code.ts',
          "if (found?.state !== 'active' || found.endedAtMs !== null || authorizedUser(found) === undefined) {",
          "if (found?.state !== 'active' || authorizedUser(found) === undefined) {",
        ),
        inServer(
          'store/sqlite/statements.ts',
          "WHERE id = ?4 AND state = 'approved' AND ended_at_ms IS NULL AND expires_at_ms > ?2\n        AND ${IN_LIVE_SESSION} AND",
          "WHERE id = ?4 AND state = 'approved' AND ended_at_ms IS NULL AND expires_at_ms > ?2\n        AND",
        ),
      ],
      test: seenBy(
        'grants/authorization-code.test.ts',
        'a person who signs out before the code is redeemed takes the permission back',
      ),
    },
  ],
};
