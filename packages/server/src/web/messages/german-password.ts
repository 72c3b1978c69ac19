import type { englishPassword } from './english-password.ts';
import { formatsOf } from './formats.ts';

const { number } = formatsOf('de');

/** What the pages about passwords say, in German. */
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
    predictable:
      'Dieses Passwort ist leicht zu erraten: Es besteht aus gängigen Wörtern, Ihrem Namen, Ziffern oder Tasten in einer Reihe. Es wurde nichts geändert.',
  },
};
