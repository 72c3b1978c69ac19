import { inServer, type Subject, seenBy } from './defence.ts';

export const sessions: Subject = {
  heading: 'Sessions and role credentials',
  defences: [
    {
      name: 'Ended with the next request',
      what: 'Every request reads whether its session was ended, or the browser signed out in which it was allowed.',
      without: [
        inServer(
          'grants/tokens.ts',
          "if (found?.state !== 'active' || found.endedAtMs !== null) return undefined;",
          "if (found?.state !== 'active') return undefined;",
        ),
      ],
      test: seenBy('sts/off-means-off.test.ts', 'of the requests that begin after the answer by which'),
    },
    {
      name: 'No refresh of an ended session',
      what: 'A refresh token of an ended session gives nothing.',
      without: [
        inServer('grants/refresh-token.ts', '    row.endedAtMs === null &&\n', ''),
        inServer(
          'store/sqlite/statements.ts',
          "WHERE id = ?3 AND state = 'active' AND generation <= ?4 AND ended_at_ms IS NULL AND expires_at_ms > ?1\n        AND ${IN_LIVE_SESSION} AND",
          "WHERE id = ?3 AND state = 'active' AND generation <= ?4 AND expires_at_ms > ?1\n        AND",
        ),
      ],
      test: seenBy('grants/refresh-token.test.ts', 'when the person has signed out in the browser'),
    },
    {
      name: 'Persons as of today',
      what: 'A session carries the version of its person; disabled, blocked or with a new password, the person has another.',
      without: [
        inServer(
          'grants/tokens.ts',
          'return user?.version === userVersion ? user : undefined;',
          'void userVersion;\n  return user;',
        ),
      ],
      test: seenBy(
        'grants/refresh-token.test.ts',
        'when the person was disabled or has another password since',
      ),
    },
    {
      name: 'Disabled persons',
      what: 'Whoever is disabled or blocked is nobody who may sign in, with the next request.',
      without: [
        inServer(
          'store/sqlite/directory/people.ts',
          "status = 'enabled' AND blocked_by IS NULL",
          "status = 'enabled' AND (blocked_by IS NULL OR blocked_by IS NOT NULL)",
        ),
      ],
      test: seenBy(
        'cli/entries/effect.test.ts',
        'a person of the file whom a command blocks is refused with the next request, and is let in again',
      ),
    },
    {
      name: 'Role credentials of an ended session',
      what: 'STS asks with every request whether the session that role credentials came of goes on.',
      without: [
        inServer(
          'access/end-of-role-session.ts',
          "if (found?.state !== 'active' || found.endedAtMs !== null) return 'ended';",
          "if (found?.state !== 'active') return 'ended';",
        ),
      ],
      test: seenBy(
        'access/end-of-role-session.test.ts',
        'role credentials of a session are good for nothing once',
      ),
    },
    {
      name: 'Role credentials of a role that was withdrawn',
      what: 'STS asks with every request whether the role is still assigned, directly or by a group.',
      without: [
        inServer(
          'access/end-of-role-session.ts',
          "return found.role === undefined ? 'notAssigned' : undefined;",
          'return undefined;',
        ),
      ],
      test: seenBy(
        'access/end-of-role-session.test.ts',
        'role credentials of a role that is not assigned any more are good for nothing, directly or through a group',
      ),
    },
    {
      name: 'Role credentials of a disabled person',
      what: 'STS compares the version of the person with every request.',
      without: [
        inServer(
          'access/end-of-role-session.ts',
          "if (user?.version !== userVersion) return 'ended';",
          'void [user, userVersion];',
        ),
      ],
      test: seenBy(
        'access/end-of-role-session.test.ts',
        'role credentials of a session are good for nothing once',
      ),
    },
    {
      name: 'Revoked by time',
      what: '`latchkey session revoke-role` refuses whatever was issued for a role until then.',
      without: [
        inServer(
          'access/end-of-role-session.ts',
          "if (revoked !== undefined && issuedAtMs < revoked) return 'revoked';",
          'void [revoked, issuedAtMs];',
        ),
      ],
      test: seenBy(
        'access/end-of-role-session.test.ts',
        'what was issued for a role before an instant is good for nothing once it is revoked',
      ),
    },
    {
      name: 'Role credentials that end',
      what: 'Role credentials end when their permission set says.',
      without: [
        inServer(
          'sts/require-signature.ts',
          'if (result.credentials.expiresAtMs <= context.now()) {',
          'if (false) {',
        ),
      ],
      test: seenBy('sts/get-caller-identity.test.ts', 'with credentials that have expired'),
    },
    {
      name: 'Genuine session tokens',
      what: 'A session token is authenticated with 256 bits, and bound to its access key id.',
      without: [
        inServer(
          'access/role-credentials.ts',
          'if (expected?.length !== mac.length || !timingSafeEqual(expected, mac)) return undefined;',
          'void timingSafeEqual;\n  if (expected?.length !== mac.length) return undefined;',
        ),
      ],
      test: seenBy(
        'access/role-credentials.test.ts',
        'a session token that is missing, changed or of another instance opens nothing',
      ),
    },
    {
      name: 'Session tokens of one key id',
      what: 'A session token is good with its own access key id alone.',
      without: [
        inServer(
          'access/role-credentials.ts',
          'if (issuedTo !== accessKeyId) return undefined;',
          'void issuedTo;',
        ),
      ],
      test: seenBy(
        'access/role-credentials.test.ts',
        'a session token is good for its own access key id only',
      ),
    },
    {
      name: 'Roles of the person who asks',
      what: 'A role is looked for among those of this very person; one of others looks like one that does not exist.',
      without: [
        inServer(
          'sso/get-role-credentials.ts',
          'if (role === undefined) throw noAccess();',
          "if (role === undefined) throw noAccess('The role is not assigned to you');",
        ),
      ],
      test: seenBy(
        'sso/portal.test.ts',
        'says no access, and not why, where the role is not one of the user',
      ),
    },
    {
      name: 'Logout for everything allowed',
      what: 'Logout ends the sign-in session of the browser, and with it every token that was allowed in it.',
      without: [
        inServer(
          'store/sqlite/authorization-query.ts',
          'CASE WHEN s.id IS NULL THEN a.created_at_ms ELSE coalesce(a.ended_at_ms, s.ended_at_ms) END,',
          'CASE WHEN s.id IS NULL THEN a.created_at_ms ELSE a.ended_at_ms END,',
        ),
      ],
      test: seenBy('sso/logout.test.ts', 'Logout answers with nothing, and ends access and refresh at once'),
    },
    {
      name: 'Signing out ends the session',
      what: 'Signing out ends the session in the store, so that a kept cookie opens nothing.',
      without: [
        inServer(
          'people/sign-in.ts',
          'if (row === undefined || row.endedAtMs !== null) return undefined;',
          'if (row === undefined) return undefined;',
        ),
      ],
      test: seenBy(
        'web/sign-out-page.test.ts',
        'signing out ends the session, also for whoever kept the cookie',
      ),
    },
    {
      name: 'New session at each sign-in',
      what: 'Each sign-in makes a new session token, and ends the session that the browser had of the same person.',
      without: [
        inServer(
          'store/sqlite/sqlite-store.ts',
          'const isReplaced = this.#sql.endSignInSession.run(createdAtMs, replacedId).changes === 1;',
          'const isReplaced = replacedId > 0;',
        ),
      ],
      test: seenBy(
        'web/sign-out-reach.test.ts',
        'signing in again gives a new session cookie, and the one before opens nothing (session fixation)',
      ),
    },
    {
      name: 'Sign-in sessions that end',
      what: 'A sign-in session ends by itself.',
      without: [
        inServer(
          'people/sign-in.ts',
          'if (parsed === undefined || parsed.expiresAtMs <= context.now()) return undefined;',
          'if (parsed === undefined) return undefined;',
        ),
        inServer('people/sign-in.ts', '  if (expiresAtMs <= context.now()) return undefined;\n', ''),
      ],
      test: seenBy('people/sign-in.test.ts', 'a session ends by itself after 8 hours'),
    },
    {
      name: 'Sessions of a person as of today',
      what: 'A sign-in session ends with the person being disabled, blocked or given another password.',
      without: [
        inServer(
          'people/sign-in.ts',
          'if (user?.version !== userVersion) return undefined;',
          'if (user === undefined) return undefined;\n  void userVersion;',
        ),
      ],
      test: seenBy(
        'people/sign-in.test.ts',
        'a session ends when its user is disabled or has a new password',
      ),
    },
    {
      name: 'Genuine session cookies',
      what: 'A session cookie is authenticated; no other text stands for a session.',
      without: [
        inServer(
          'people/sign-in.ts',
          'if (!verifyToken(context.keys, parsed, row.salt)) return undefined;',
          'void verifyToken;',
        ),
      ],
      test: seenBy(
        'people/sign-in.test.ts',
        'a session token with any character changed stands for no session',
      ),
    },
    {
      name: 'Cookies out of reach',
      what: 'Cookies are `HttpOnly` and `SameSite=Lax`, and over TLS `Secure` with the prefix `__Host-`.',
      without: [inServer('web/cookies.ts', 'httpOnly: true,', 'httpOnly: false,')],
      test: seenBy(
        'web/sign-in-page.test.ts',
        'the session cookie is out of reach of scripts and other sites, and ends with the session',
      ),
    },
    {
      name: 'Cookies of this very host',
      what: 'Over TLS the name of a cookie begins with `__Host-`, which no other host of the domain can set.',
      without: [
        inServer(
          'web/cookies.ts',
          'return isHttps(config) ? `__Host-latchkey_${kind}` : `latchkey_${kind}`;',
          'return isHttps(config) ? `latchkey_${kind}` : `latchkey_${kind}`;',
        ),
      ],
      test: seenBy('web/cookies.test.ts', 'over https, cookies are secure and bound to this very host'),
    },
    {
      name: 'Cookies of one instance',
      what: 'Cookies are named for the instance, as browsers send the cookies of a host to all its ports.',
      without: [
        inServer(
          'web/cookies.ts',
          'return `${cookieNameOfRelease01(owner, kind)}_${owner.instanceId}`;',
          'return `${cookieNameOfRelease01(owner, kind)}_instance`;',
        ),
      ],
      test: seenBy(
        'web/cookies.test.ts',
        'two instances on one host have cookies of other names, as browsers do not keep the cookies of ports apart',
      ),
    },
    {
      name: 'Everything of oneself in one list',
      what: '`/me` lists the browsers and programs of the person alone, with place, time and client.',
      without: [
        inServer(
          'people/own-sessions.ts',
          'const page = { userId, limit: LOOKED_AT_ONCE,',
          'const page = { ...(userId === "" && { userId }), limit: LOOKED_AT_ONCE,',
        ),
      ],
      test: seenBy(
        'web/sessions-page.test.ts',
        'the page lists the browsers and programs of the person alone, with what, from where and since when',
      ),
    },
    {
      name: 'Recent sign-in before ending sessions',
      what: 'Ending sessions on `/me` asks for a sign-in of the last 15 minutes.',
      without: [
        inServer(
          'web/sessions-page.ts',
          'if (!isRecentSignIn(context, session)) {',
          'if (isRecentSignIn === undefined) {',
        ),
      ],
      test: seenBy(
        'web/sessions-page.test.ts',
        'whoever signed in more than 15 minutes ago signs in again before anything ends, and comes back',
      ),
    },
    {
      name: 'Sessions ended by their person',
      what: 'A session is looked up, and its person compared, before it is ended by a form.',
      without: [
        inServer(
          'people/own-sessions.ts',
          'if (found?.userId !== user.id) return false;',
          'if (found === undefined) return false;\n  void user;',
        ),
      ],
      test: seenBy(
        'people/own-sessions.test.ts',
        'a session is ended by its own person alone, whatever id a form has',
      ),
    },
    {
      name: 'All sessions ended at once',
      what: 'A person ends every browser and program at once.',
      without: [
        inServer(
          'web/sessions-page.ts',
          'await endAllOwnSessions(context, session, request.origin);',
          'void endAllOwnSessions;',
        ),
      ],
      test: seenBy(
        'web/sessions-page.test.ts',
        'signing out everywhere ends every browser and program, this browser included',
      ),
    },
    {
      name: 'Sessions ended by operators',
      what: 'Operators end the sessions of a person, a client, an address or an age.',
      without: [
        inServer(
          'people/end-session.ts',
          ': store.endAuthorization(id, now()));',
          ': Promise.resolve(store !== undefined && id > 0));',
        ),
      ],
      test: seenBy(
        'cli/session/session.test.ts',
        'a program that is ended opens nothing from then on, role credentials included, and others go on',
      ),
    },
    {
      name: 'Bounded searches of sessions',
      what: 'A search looks at 20,000 sessions an answer, and then says where it goes on.',
      without: [
        inServer(
          'control/store-sessions.ts',
          'const TURNS_OF_A_SEARCH = 40;',
          'const TURNS_OF_A_SEARCH = 4000;',
        ),
      ],
      test: seenBy(
        'control/store-sessions.test.ts',
        'a search that finds nothing in twenty thousand sessions is answered with where it goes on, and comes to its end',
      ),
    },
    {
      name: 'People aside do nothing',
      what: 'The cookie of a person set aside opens no page, and answers nothing.',
      without: [
        inServer(
          'web/session-cookie.ts',
          '.filter(([name]) => name === earlier || name.startsWith(onAnyPort))',
          '.filter(([name]) => name === earlier || name.startsWith(onAnyPort) || isAside(context, name))',
        ),
      ],
      test: seenBy(
        'web/people-aside.test.ts',
        'the cookie of a person set aside opens no page, and answers nothing',
      ),
    },
    {
      name: 'Never as the wrong person',
      what: 'A question that was shown to one person is not answered as another who uses the browser by now.',
      without: [
        inServer(
          'web/csrf.ts',
          'return [form, secret, question];',
          "void secret;\n  return [form, '', question];",
        ),
      ],
      test: seenBy(
        'web/people-aside.test.ts',
        'a question that was shown to one person is not answered as another who uses the browser by now',
      ),
    },
    {
      name: 'Five people in a browser',
      what: 'A browser has five people at most: a sixth signs out the one whose session ends first.',
      without: [inServer('people/sign-in.ts', 'const MAX_PEOPLE = 5;', 'const MAX_PEOPLE = 500;')],
      test: seenBy('web/people-aside.test.ts', 'a browser has five people at most'),
    },
    {
      name: 'Sessions ended by a restored backup',
      what: '`latchkey restore` ends every session, as those that had ended would be live again.',
      without: [
        inServer(
          'backup/restore-backup.ts',
          'options.keepSessions ? 0 : endAllSessions(database, options.nowMs)',
          'options.keepSessions || endAllSessions !== undefined ? 0 : -1',
        ),
      ],
      test: seenBy(
        'backup/restore-backup.test.ts',
        'a restore brings the rows of the backup back, ends their sessions, and keeps the database of before aside',
      ),
    },
  ],
};
