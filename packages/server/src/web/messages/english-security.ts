import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { formatsOf, renderTime } from './formats.ts';

const { ago, duration, number } = formatsOf('en-GB');

/** What the pages about signing in with more than a password say, in English. */
export const englishSecurity = {
  passkeyForm: {
    signIn: 'Use a passkey instead',
    use: 'Use your passkey',
    failed: 'The browser gave no passkey. Try again, or sign in by another way.',
  },

  secondFactor: {
    title: 'Confirm that it is you',
    lead: (name: Html) => html`The password is right. One more step to sign in as ${name}:`,
    code: 'Code from your app',
    codeHint: 'The 6 digits that your authenticator app shows now. Each code works once.',
    recoveryCode: 'Recovery code',
    recoveryHint: 'One of the codes that you were shown once and have kept. Each works once.',
    submit: 'Sign in',
    useRecoveryCode: 'Use a recovery code',
    useOther: 'Go back to your other ways',
    startAgain: 'Sign in as someone else',
    needsScript:
      'To use a passkey, the browser must have passkeys and allow JavaScript for this page. A recovery code works without it.',
    wrongCode:
      'That code is wrong, or was used before. Wait for the next one in your app, and check the clock of your phone.',
    wrongRecoveryCode: 'That is none of your recovery codes, or it was used before.',
    wrongPasskey: 'That passkey did not work. Use one that you have set up here for this person.',
    limited: (waitSeconds: number) =>
      `There were too many wrong tries. Wait ${duration(waitSeconds)}, or use a passkey or a recovery code if you have one.`,
    missing: 'Type the code.',
    otherSite: 'Another site sent that form, so nothing was checked. If you want to sign in, do it here.',
    outdated: 'That page was from an earlier sign-in, so nothing was checked. Please try again here.',
  },

  policy: {
    otherNetworkTitle: 'Not from this network',
    otherNetwork: (address: Html) =>
      html`Whoever runs this service lets you in from certain networks only. This browser comes from ${address}, which is in none of them.`,
    useNetwork:
      'Connect to one of those networks, for example by the VPN of your company, and load this page again.',
    forRole: (role: Html) => html`A program that acts for you wants credentials of ${role}.`,
    stepUpCaution: html`<strong>Go on only if you started this yourself, just now.</strong>
If someone sent you this link, they might get these credentials as you.`,
    forDevice: 'Before you can allow this device:',
    forProgram: 'Before you can allow this program:',
    signInAgain: 'Sign in again first',
    with: {
      secondFactor: 'You must have signed in with a second factor.',
      passkey: 'You must have signed in with a passkey. A code from an app or a recovery code is not enough.',
    },
    within: (recentSignInSeconds: number) =>
      `You must have signed in within the last ${duration(recentSignInSeconds)}.`,
    comeBack: 'After that you come back here.',
    goSignIn: 'Sign in again',
    enrolTitle: { secondFactor: 'Set up a second factor first', passkey: 'Set up a passkey first' },
    enrol: {
      secondFactor:
        'Whoever runs this service asks you to sign in with more than a password. It takes a minute, once.',
      passkey: 'Whoever runs this service asks you to sign in with a passkey. It takes a minute, once.',
    },
    enrolPasskey: 'Set up a passkey',
    enrolApp: 'Set up an authenticator app',
    steppedUp: 'Go back to your program',
    runAgain: (role: Html) => html`Your sign-in is good for ${role} now. Run the command again.`,
    sameBrowser:
      'If it still asks you to sign in, you allowed the program in another browser: sign in there, or let the program sign in anew.',
  },

  security: {
    title: 'How you sign in',
    lead: 'With a second factor, nobody gets in with your password alone. With a passkey you need no password.',
    password: 'Password',
    changePassword: 'Change your password',
    setPassword: 'Set a password',
    noPassword: 'You sign in without a password.',
    passkeys: 'Passkeys',
    passkeysText: 'Your device, or a security key, signs you in after you unlock it. Nobody can phish it.',
    noPasskeys:
      'This instance has an IP address instead of a name, and browsers have no passkeys for those. Ask whoever runs it.',
    addPasskey: 'Add a passkey',
    apps: 'Authenticator apps',
    appsText: 'An app on your phone shows a code that changes every 30 seconds.',
    addApp: 'Add an app',
    none: 'None yet.',
    added: (createdAtMs: number, nowMs: number) => html`Added ${timeAgo(createdAtMs, nowMs)}`,
    used: (usedAtMs: number, nowMs: number) => html`Last used ${timeAgo(usedAtMs, nowMs)}`,
    neverUsed: 'Never used',
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    recoveryCodes: 'Recovery codes',
    recoveryText: 'For the day when your phone or your key is lost. Keep them where you keep other papers.',
    recoveryNeedsFactor: 'Once you have a passkey or an app, you can make recovery codes here.',
    codesLeft: (left: number, createdAtMs: number, nowMs: number) =>
      html`${number(left)} of 10 are left, made ${timeAgo(createdAtMs, nowMs)}.`,
    noCodes: html`<strong>You have no recovery codes.</strong>
If you lose what you sign in with, only whoever runs this service can let you in again. Make some now.`,
    makeCodes: 'Make recovery codes',
    makeNewCodes: 'Make new recovery codes',
    back: 'Back to how you sign in',
    name: 'Name',
    nameHint: 'So that you know it again, for example where it is.',
    nameMissing: 'Give it a name of 1 to 64 characters.',
    tooMany: (most: number) => `You have ${number(most)} of them, the most there can be. Remove one first.`,
    notGenuine:
      'That form was not made for this browser, or is from an earlier sign-in. Nothing was changed.',
    appTitle: 'Add an authenticator app',
    appScan: 'Scan this with your app:',
    appQr: 'QR code for your authenticator app',
    appType: 'Or type this key into it:',
    appName: 'Authenticator app',
    appCode: 'Code that the app shows',
    appCodeHint: 'This confirms that the app has the key.',
    appSubmit: 'Add the app',
    appWrong:
      'That code does not go with this key. Check the clock of your phone, and type the code that shows now.',
    appTooOld: 'This page was open for too long. Scan the new key.',
    passkeyTitle: 'Add a passkey',
    passkeyText: 'The browser asks you where to keep it: in this device, in a phone, or on a security key.',
    passkeyName: 'My passkey',
    passkeySubmit: 'Create the passkey',
    passkeyNeedsScript:
      'To create a passkey, the browser must have passkeys and allow JavaScript for this page. An authenticator app works without it.',
    passkeyFailed: 'No passkey was made. If this device or key has one for you already, that one works.',
    passkeyRefused: 'What the browser sent is no passkey for this service. Try again.',
    passkeyTaken: 'That passkey is here already.',
    codesTitle: 'Your recovery codes',
    codesAsk: 'You are shown 10 codes, once. Those that you had before stop working.',
    codesShown: html`<strong>These are shown now, and never again.</strong>
Print them or write them down. Each signs you in once, in the place of your second factor.`,
    codesKept: 'I have kept them',
  },
};

function timeAgo(instantMs: number, nowMs: number): Html {
  const ageSeconds = (nowMs - instantMs) / 1000;
  return renderTime(instantMs, ageSeconds < 5 ? 'just now' : ago(ageSeconds));
}
