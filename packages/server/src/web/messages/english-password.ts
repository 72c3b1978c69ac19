import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { formatsOf } from './formats.ts';

const { number } = formatsOf('en-GB');

/** What the pages about passwords and one-time links say, in English. */
export const englishPassword = {
  password: {
    title: 'Change your password',
    text: 'Everything else that you are signed in to ends: other browsers and all programs, also those that you allowed here. You stay signed in here.',
    first: 'You have no password yet. You can set one here, to sign in with your name and password.',
    current: 'Current password',
    new: 'New password',
    repeat: 'New password again',
    hint: (least: number) =>
      `At least ${number(least)} characters. Several words that have nothing to do with each other are easy to keep in mind; best of all, let a password manager make it.`,
    submit: 'Change the password',
    changed: 'Your password has been changed.',
    wrong: 'The current password is wrong. Nothing was changed.',
    differ: 'The two new passwords are not the same. Nothing was changed.',
    notChanged:
      'Nothing was changed: your password was changed by somebody else a moment ago, or it is not yours to change.',
    file: 'Your password is in the configuration of this service. Only whoever runs the service can change it.',
    provider: 'Your password comes from where your organisation manages its people. Change it there.',
    controlCharacter: (name: string) => `A password cannot have the character ${name}. Nothing was changed.`,
    tooShort: (least: number) =>
      `A password needs at least ${number(least)} characters. Nothing was changed.`,
    tooLong: (mostBytes: number) =>
      `A password can have at most ${number(mostBytes)} bytes. Nothing was changed.`,
    breached:
      'That password has become known in a breach of another service, so guessers try it. Take another one, and change it wherever you use it. Nothing was changed.',
    predictable:
      'That password is easy to guess: it is made of common words, of your name, of digits or of keys in a row. Nothing was changed.',
  },

  link: {
    'sign-in': {
      title: 'Sign in with this link',
      text: (name: Html) =>
        html`This link signs in ${name} once, without a password. Afterwards, set up how you sign in from then on.`,
      submit: 'Sign in',
    },
    password: {
      title: 'Set your password',
      text: (name: Html) =>
        html`With this link, ${name} sets a new password, once. Everything that you are signed in to ends then.`,
      submit: 'Set the password',
    },
    factor: {
      title: 'Set up a new second factor',
      text: (name: Html) =>
        html`With this link and the password, ${name} signs in once without a second factor, to set up a new one and to remove the one that is lost.`,
      submit: 'Go on',
    },
    notYours: 'If that is not you, close this page, and tell whoever gave you the link.',
    outdated:
      'This page was for another browser, or was open for too long. Nothing was done. Please try again here.',
    openAgain: 'Open the link again',
    wrongPassword: 'The password is wrong. The link still works.',
    passwordSet: 'Your password is set',
    passwordSetText: 'Sign in with it now.',
    ended: {
      title: 'This link does not work any more',
      text: 'It was used, a newer one has taken its place, its time is over, or your sign-ins were ended since. Ask whoever gave it to you for another one.',
    },
    notAllowed: {
      title: 'You may not sign in',
      text: 'Your access has been ended, so this link does nothing. If that is a mistake, ask whoever runs this service.',
    },
  },
};
