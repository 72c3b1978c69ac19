import { html } from 'hono/html';
import type { englishPassword } from './english-password.ts';
import { formatsOf } from './formats.ts';

const { number } = formatsOf('de');

/** What the pages about passwords and one-time links say, in German. */
export const germanPassword: typeof englishPassword = {
  password: {
    title: 'Passwort ändern',
    text: 'Alles andere, womit Sie angemeldet sind, endet: andere Browser und alle Programme, auch die hier zugelassenen. In diesem Browser bleiben Sie angemeldet.',
    first:
      'Sie haben noch kein Passwort. Hier können Sie eines setzen, um sich mit Name und Passwort anzumelden.',
    current: 'Jetziges Passwort',
    new: 'Neues Passwort',
    repeat: 'Neues Passwort noch einmal',
    hint: (least) =>
      `Mindestens ${number(least)} Zeichen. Mehrere Wörter, die nichts miteinander zu tun haben, lassen sich gut merken; am besten erzeugt es ein Passwortmanager.`,
    submit: 'Passwort ändern',
    changed: 'Ihr Passwort wurde geändert.',
    wrong: 'Das jetzige Passwort ist falsch. Es wurde nichts geändert.',
    differ: 'Die beiden neuen Passwörter sind nicht gleich. Es wurde nichts geändert.',
    notChanged:
      'Es wurde nichts geändert: Jemand anderes hat Ihr Passwort eben geändert, oder Sie können es nicht selbst ändern.',
    file: 'Ihr Passwort steht in der Konfiguration dieses Dienstes. Nur wer den Dienst betreibt, kann es ändern.',
    provider:
      'Ihr Passwort kommt von dort, wo Ihre Organisation ihre Personen verwaltet. Ändern Sie es dort.',
    controlCharacter: (name) =>
      `Ein Passwort kann das Zeichen ${name} nicht enthalten. Es wurde nichts geändert.`,
    tooShort: (least) =>
      `Ein Passwort braucht mindestens ${number(least)} Zeichen. Es wurde nichts geändert.`,
    tooLong: (mostBytes) =>
      `Ein Passwort kann höchstens ${number(mostBytes)} Bytes haben. Es wurde nichts geändert.`,
    breached:
      'Dieses Passwort ist bei einem Einbruch in einen anderen Dienst bekannt geworden und wird deshalb ausprobiert. Nehmen Sie ein anderes, und ändern Sie es überall, wo Sie es verwenden. Es wurde nichts geändert.',
    predictable:
      'Dieses Passwort ist leicht zu erraten: Es besteht aus gängigen Wörtern, Ihrem Namen, Ziffern oder Tasten in einer Reihe. Es wurde nichts geändert.',
  },

  link: {
    'sign-in': {
      title: 'Mit diesem Link anmelden',
      text: (name) =>
        html`Dieser Link meldet ${name} einmal an, ohne Passwort. Richten Sie danach ein, wie Sie sich künftig anmelden.`,
      submit: 'Anmelden',
    },
    password: {
      title: 'Passwort setzen',
      text: (name) =>
        html`Mit diesem Link setzt ${name} einmal ein neues Passwort. Alles, womit Sie angemeldet sind, endet dann.`,
      submit: 'Passwort setzen',
    },
    factor: {
      title: 'Neuen zweiten Faktor einrichten',
      text: (name) =>
        html`Mit diesem Link und dem Passwort meldet sich ${name} einmal ohne zweiten Faktor an, um einen neuen einzurichten und den verlorenen zu entfernen.`,
      submit: 'Weiter',
    },
    notYours:
      'Wenn Sie das nicht sind, schließen Sie diese Seite, und sagen Sie es dem, der Ihnen den Link gegeben hat.',
    outdated:
      'Diese Seite gehört zu einem anderen Browser oder war zu lange geöffnet. Es wurde nichts getan. Bitte versuchen Sie es hier noch einmal.',
    openAgain: 'Den Link noch einmal öffnen',
    wrongPassword: 'Das Passwort ist falsch. Der Link gilt weiter.',
    passwordSet: 'Ihr Passwort ist gesetzt',
    passwordSetText: 'Melden Sie sich jetzt damit an.',
    ended: {
      title: 'Dieser Link gilt nicht mehr',
      text: 'Er wurde verwendet, ein neuerer hat ihn ersetzt, seine Zeit ist um, oder Ihre Anmeldungen wurden seitdem beendet. Bitten Sie um einen anderen.',
    },
    notAllowed: {
      title: 'Sie dürfen sich nicht anmelden',
      text: 'Ihr Zugang wurde beendet, deshalb bewirkt dieser Link nichts. Wenn das ein Irrtum ist, fragen Sie, wer diesen Dienst betreibt.',
    },
  },
};
