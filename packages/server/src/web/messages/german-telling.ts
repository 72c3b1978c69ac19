import type { englishTelling } from './english-telling.ts';

/** What people are told of, on pages and by mail, in German. */
export const germanTelling: typeof englishTelling = {
  told: {
    lead: 'Seit Ihrer vorigen Anmeldung:',
    look: 'Ihre letzten Vorgänge ansehen',
    signedIn: (browser, address) =>
      `Sie haben sich mit einem neuen Browser angemeldet: ${browser}, von ${address}.`,
    deviceAllowed: (program, requestedFrom, address) =>
      `Sie haben ein Gerät zugelassen: ${program}, mit einer Anfrage von ${requestedFrom}. Sie waren bei ${address}.`,
    passwordChanged: (address) => `Ihr Passwort wurde geändert, von ${address}.`,
    passwordSet: 'Wer diesen Dienst betreibt, hat Ihr Passwort gesetzt.',
    factorAdded: {
      totp: (address) => `Eine Authenticator-App wurde hinzugefügt, von ${address}.`,
      passkey: (address) => `Ein Passkey wurde hinzugefügt, von ${address}.`,
    },
    factorRemoved: {
      totp: (address) => `Eine Authenticator-App wurde entfernt, von ${address}.`,
      passkey: (address) => `Ein Passkey wurde entfernt, von ${address}.`,
    },
    factorsReset: 'Wer diesen Dienst betreibt, hat Ihre Passkeys, Apps und Wiederherstellungscodes entfernt.',
    recoveryCodesMade: (address) => `Neue Wiederherstellungscodes wurden erzeugt, von ${address}.`,
    linkMade: {
      'sign-in': 'Wer diesen Dienst betreibt, hat einen Link erzeugt, der Sie ohne Passwort anmeldet.',
      password: 'Wer diesen Dienst betreibt, hat einen Link erzeugt, der Ihr Passwort setzt.',
      factor:
        'Wer diesen Dienst betreibt, hat einen Link erzeugt, der Sie ohne Ihren zweiten Faktor anmeldet.',
    },
    linkUsed: (address) => `Ein Link, der Sie hereinlässt, wurde verwendet, von ${address}.`,
  },

  mail: {
    subjects: {
      signedIn: 'Anmeldung mit einem neuen Browser',
      deviceAllowed: 'ein Gerät wurde zugelassen',
      passwordChanged: 'Ihr Passwort wurde geändert',
      passwordSet: 'Ihr Passwort wurde gesetzt',
      factorAdded: 'ein Weg zur Anmeldung wurde hinzugefügt',
      factorRemoved: 'ein Weg zur Anmeldung wurde entfernt',
      factorsReset: 'Ihre Wege zur Anmeldung wurden entfernt',
      recoveryCodesMade: 'neue Wiederherstellungscodes',
      linkMade: 'ein Link, der Sie hereinlässt, wurde erzeugt',
      linkUsed: 'ein Link, der Sie hereinlässt, wurde verwendet',
    },
    hello: (name) => `Guten Tag ${name},`,
    when: (time) => `Wann: ${time}`,
    wasYou: 'Wenn Sie davon wissen, brauchen Sie nichts zu tun.',
    notYou: (url) =>
      `Wenn Sie das nicht waren, öffnen Sie diese Adresse, und drücken Sie den Knopf. Das Zugelassene endet dann sofort:\n\n${url}`,
    notYouElse: (me, security) =>
      `Wenn Sie das nicht waren: Beenden Sie unter ${me}, was nicht von Ihnen ist, sehen Sie unter ${security} nach, und sagen Sie es dem, der diesen Dienst betreibt.`,
    linkSubject: {
      'sign-in': 'ein Link zur Anmeldung',
      password: 'ein Link, um Ihr Passwort zu setzen',
      factor: 'ein Link, um einen zweiten Faktor einzurichten',
    },
    linkText: {
      'sign-in': 'Mit diesem Link melden Sie sich einmal an, ohne Passwort:',
      password: 'Mit diesem Link setzen Sie ein neues Passwort:',
      factor:
        'Mit diesem Link und Ihrem Passwort melden Sie sich einmal ohne zweiten Faktor an, um einen neuen einzurichten:',
    },
    linkOnce: (until) =>
      `Er gilt einmal, bis ${until}. Geben Sie ihn niemandem: Wer ihn zuerst öffnet, hat ihn. Wenn Sie um keinen Link gebeten haben, sagen Sie es dem, der diesen Dienst betreibt.`,
  },
};
