import { inServer, type Subject, seenBy, seenByStore } from './defence.ts';

export const links: Subject = {
  heading: 'One-time links',
  defences: [
    {
      name: 'Links used once',
      what: 'A one-time link is used once, in one atomic step of the store.',
      without: [
        inServer(
          'links/use-link.ts',
          'if (!(await context.store.links.useLink(tokenDigest, context.now()))) return false;',
          'await context.store.links.findLink(tokenDigest, context.now());',
        ),
      ],
      test: seenBy(
        'web/link-page.test.ts',
        'of several browsers that use one link at once, one is signed in',
      ),
    },
    {
      name: 'Links used by a form',
      what: 'Opening a link uses nothing, as programs that scan mail open it, too.',
      without: [
        inServer(
          'web/link-page.ts',
          "  return found.kind === 'usable' ? renderLink(visit, found, { token }) : renderUseless(visit, found);\n",
          "  if (found.kind === 'usable') await visit.context.store.links.useLink(found.tokenDigest, visit.context.now());\n  return found.kind === 'usable' ? renderLink(visit, found, { token }) : renderUseless(visit, found);\n",
        ),
      ],
      test: seenBy(
        'web/link-page.test.ts',
        'opening a link uses nothing, however often programs that scan mail do so',
      ),
    },
    {
      name: 'Second factor beside a link',
      what: 'A link that signs in stands for the password: the second factor is asked for.',
      without: [inServer('links/use-link.ts', 'if (factors.length === 0)', 'if (factors.length >= 0)')],
      test: seenBy(
        'web/link-page.test.ts',
        'a link that signs in does not take the place of the second factor',
      ),
    },
    {
      name: 'Password beside a link',
      what: 'A link that stands for the second factor needs the password, whose guesses are limited.',
      without: [
        inServer(
          'links/use-link.ts',
          'if (refused !== undefined) return refused;\n  if (!(await useLink(context, found, origin)))',
          'void refused;\n  if (!(await useLink(context, found, origin)))',
        ),
      ],
      test: seenBy(
        'web/link-page.test.ts',
        'passwords beside a link are guessed no more often than at the sign-in',
      ),
    },
    {
      name: 'Links that end',
      what: 'A link ends with its time, and with a new one.',
      without: [
        inServer(
          'store/sql/links/links.ts',
          'WHERE l.token_digest = ? AND l.expires_at_ms > ?',
          'WHERE l.token_digest = ? AND ? > 0',
        ),
        inServer(
          'store/sql/links/links.ts',
          'DELETE FROM one_time_link WHERE token_digest = ? AND expires_at_ms > ?',
          'DELETE FROM one_time_link WHERE token_digest = ? AND ? > 0',
        ),
      ],
      test: seenBy(
        'web/link-page.test.ts',
        'a link ends when its time is over, a new one is made, it is taken back, or the sign-ins of its person end',
      ),
    },
    {
      name: 'Links of the person as of today',
      what: 'A link ends with the version of its person: blocked, signed out everywhere or with a new password.',
      without: [
        inServer(
          'store/sql/links/links.ts',
          'AND EXISTS (SELECT 1 FROM directory_user u WHERE u.id = user_id AND u.version = user_version)',
          '',
        ),
      ],
      test: seenByStore(
        'store/testing/links.ts',
        'a one-time link ends with the version of its user, and stays known as such',
      ),
    },
    {
      name: 'Links of the browser that opened them',
      what: 'The form of a link is bound to the browser that opened it, and to that link.',
      without: [
        inServer(
          'web/csrf.ts',
          'return [form, secret, question];',
          "void [secret, question];\n  return [form, '', ''];",
        ),
      ],
      test: seenBy(
        'web/link-page.test.ts',
        'the form of a link works in the browser that opened it alone, and for that link alone',
      ),
    },
    {
      name: 'Links kept as digests',
      what: 'Of a link the store keeps a digest of its 256 random bits, and audit events have nothing of it.',
      without: [
        inServer(
          'links/make-link.ts',
          "event: 'linkMade', userId, userName, purpose, expiresAt, actor",
          "event: 'linkMade', userId, userName, purpose, expiresAt, actor: token",
        ),
      ],
      test: seenBy(
        'cli/user/link.test.ts',
        'user link makes a link without a server, which works once there is one, and whose event is kept without its token',
      ),
    },
  ],
};
