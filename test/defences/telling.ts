import { inServer, type Subject, seenBy } from './defence.ts';

export const telling: Subject = {
  heading: 'Telling people',
  defences: [
    {
      name: 'New browsers told',
      what: 'A sign-in with a browser that the person did not use before is told by mail, or on pages after the next sign-in.',
      without: [
        inServer(
          'notices/tell-people.ts',
          'if (isKept && !isTold) mail?.(told, notice);',
          'if (isKept && !isTold && nowMs < 0) mail?.(told, notice);',
        ),
      ],
      test: seenBy(
        'mail/people-by-mail.test.ts',
        'a sign-in with a new browser is told by mail, and the next one with it is not',
      ),
    },
    {
      name: 'That wasn’t me, by mail',
      what: 'The mail about a device that was allowed has an address that ends it by one press, without a sign-in.',
      without: [
        inServer(
          'web/not-me-page.ts',
          "await endSession(context, { kind: 'program', id, userId }, { actor: userId, origin: request.origin });",
          'void [endSession, id, userId];',
        ),
      ],
      test: seenBy(
        'mail/people-by-mail.test.ts',
        'a device that was allowed is told by mail, whose address ends it at once, by POST',
      ),
    },
    {
      name: 'Genuine addresses of mails',
      what: 'The address in a mail is authenticated, for one device of one person, and ends after 90 days.',
      without: [
        inServer(
          'web/take-back-link.ts',
          "if (!keys.verifyMac(Buffer.from(mac, 'base64url'), PURPOSE, claims)) return undefined;",
          'void mac;',
        ),
      ],
      test: seenBy(
        'mail/people-by-mail.test.ts',
        'a device that was allowed is told by mail, whose address ends it at once, by POST',
      ),
    },
    {
      name: 'Encrypted mail',
      what: 'Nothing is sent to the mail server of another machine without encryption, neither a password nor a link.',
      without: [
        inServer(
          'mail/mailer.ts',
          'requireTLS: !isTls && !allowUnencrypted && !isLoopback(host),',
          'requireTLS: !isTls && !allowUnencrypted && !isLoopback(host) && port < 0,',
        ),
      ],
      test: seenBy(
        'mail/mailer.test.ts',
        'nothing is sent to another machine without encryption, nor a password',
      ),
    },
    {
      name: 'Bounded mail',
      what: 'Mails that wait are bounded.',
      without: [
        inServer(
          'mail/mailer.ts',
          'if (this.#waiting.length + this.#retries.size >= this.#bounds.mostWaiting) {',
          'if (this.#waiting.length + this.#retries.size >= this.#bounds.mostWaiting * 1000) {',
        ),
      ],
      test: seenBy('mail/mailer.test.ts', 'mails that wait are bounded'),
    },
    {
      name: 'No names of strangers in mail',
      what: 'A mail says nothing that a stranger could make an address of, such as the name of a program.',
      without: [
        inServer(
          'web/describe-happening.ts',
          '(isMailed && !HARMLESS.test(text))',
          '(isMailed && !HARMLESS.test(text) && text === otherwise)',
        ),
      ],
      test: seenBy(
        'mail/people-by-mail.test.ts',
        'mail says nothing that strangers could make an address of',
      ),
    },
  ],
};
