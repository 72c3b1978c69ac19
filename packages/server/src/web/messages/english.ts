import { html } from 'hono/html';
import { type Html, renderCommand } from '../html.ts';
import { englishPassword } from './english-password.ts';
import { englishSecurity } from './english-security.ts';
import { englishSessions } from './english-sessions.ts';
import { englishTelling } from './english-telling.ts';
import { formatsOf, renderTime } from './formats.ts';

const { ago, clockTime, duration, list, number, timeLeft, within } = formatsOf('en-GB');

/**
 * What the pages for people say, in English. Every other language has the same messages, by the type `Messages`. A message
 * is whole sentences, so that each language has its own order of words; what stands between them is marked up here, too. Names
 * come as HTML, isolated from the words around them.
 */
export const english = {
  frame: {
    skip: 'Skip to the page itself',
    signOut: 'Sign out',
    support: 'Help',
    reference: 'API reference',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'system', light: 'light', dark: 'dark' },
  },

  signIn: {
    title: 'Sign in',
    purpose: {
      device: 'First sign in, then you will be asked about your device.',
      program: 'First sign in, then you will be asked about the program.',
      portal: 'To see your AWS accounts and use your roles in them.',
      role: 'Sign in now, even if you did so before. Then your program gets what it asked for.',
      security: 'To change how you sign in, sign in now, even if you did so before.',
      sessions: 'To see where you are signed in, and to end sessions. Sign in even if you did so before.',
    },
    signedInAs: (name: Html, returnTo: string) =>
      html`You are signed in as <strong>${name}</strong>.
<a href="${returnTo}">Go on as ${name}</a>, or sign in as someone else; ${name} stays signed in here.`,
    userName: 'User name',
    password: 'Password',
    submit: 'Sign in',
    goToSignIn: 'Go to the sign-in page',
    missing: 'Enter your user name and your password.',
    wrong: 'The user name or the password is wrong. Check both and try again.',
    wrongPasskey:
      'That passkey did not sign you in. It must be one of this service, and ask for your PIN or fingerprint.',
    limited: (waitSeconds: number) =>
      `There were too many tries. Wait ${duration(waitSeconds)}, then try again. A browser in which you signed in before need not wait.`,
    busy: 'Too many people are signing in at this moment, so your password was not checked. Wait some seconds, then try again.',
    otherSite: 'Another site sent that form, so nothing was checked. If you want to sign in, do it here.',
    tooOld: (maxAgeSeconds: number) =>
      `This page was open for more than ${duration(maxAgeSeconds)}, so nothing was checked. Please sign in again.`,
    unknown:
      'This page was not made for this browser, or its cookies are gone, so nothing was checked. Please sign in again; your browser must allow cookies.',
  },

  ...englishPassword,
  ...englishTelling,
  ...englishSecurity,
  ...englishSessions,

  signOut: {
    title: 'Sign out',
    heading: 'Sign out?',
    consequence: (name: Html) =>
      html`You are signed in as ${name}. Programs that you allowed in this session will be signed out too.`,
    submit: 'Sign out',
    stay: 'Stay signed in',
    otherSite: 'Another site tried to sign you out. You are still signed in.',
    outdated: 'That page was from before you last signed in. You are still signed in.',
    doneTitle: 'Signed out',
    doneHeading: 'You are signed out',
    nobody: 'Nobody is signed in here in this browser.',
    programs:
      'If you pressed “Sign out”, the programs that you allowed in that session are signed out too. If the session ran out by itself, they are not.',
    signInAgain: 'Sign in again',
  },

  /** Going on with the request of a device on another one. */
  handOver: {
    summary: 'Sign in on your phone instead',
    scan: 'Scan this with your phone. It opens the same request there; have the code of your device ready, too.',
    label: 'QR code that opens this request',
  },

  /** People who are signed in to the browser while somebody else uses it. */
  people: {
    heading: 'Also signed in here',
    goOn: (name: Html) => html`Go on as ${name}`,
    signOut: (name: Html) => html`Sign out ${name}`,
  },

  portal: {
    title: 'Your accounts',
    noAccounts: 'None is assigned to you yet. Ask whoever runs this service.',
    notAssigned: 'No role is assigned to you in that account.',
    search: 'Search by account name, account id or role',
    submitSearch: 'Search',
    showAll: 'Show all accounts',
    nothingFound: (search: Html) => html`None of your accounts matches “${search}”.`,
    /** Which accounts of a list are on the page. */
    place: (first: number, last: number, total: number) =>
      `Accounts ${number(first)} to ${number(last)} of ${number(total)}.`,
    /** Accounts that nobody has counted. */
    byId: (moreThan: number) =>
      `More than ${number(moreThan)} accounts, by account id. Search for the one that you need.`,
    firstAccounts: 'First accounts',
    previousAccounts: 'Previous accounts',
    nextAccounts: 'Next accounts',
    firstRoles: 'First roles',
    nextRoles: 'Next roles',
    setUp: 'Set up the AWS CLI',
    addConfig: (
      fileHref: string,
    ) => html`Add this to <code>~/.aws/config</code>. One click selects all of it. It has the roles that are shown here; for those in
all your accounts, <a href="${fileHref}" download>download the whole file</a>. If such lines are there already, from
<code>BEGIN</code> to <code>END</code>, replace them: the AWS CLI reads no file in which a section comes twice. Where
Latchkey’s own command is set up, ${renderCommand('latchkey aws-config --write --user')} with your user name does it.`,
    config: 'Configuration for the AWS CLI',
    signIn: 'Sign in:',
    signInCommand: 'Command to sign in',
    useRole: 'Use a role by the name of its profile:',
    useRoleCommand: 'Command that uses a role',
    device: 'Sign in a device',
    enterCode: (href: string) => html`Does a program show you a code? <a href="${href}">Enter the code</a>`,
    signedInAs: (displayName: Html, userName: Html) =>
      html`You are signed in as ${displayName} (${userName}). <a href="/sign-in">Switch to someone else</a>`,
    sessions: 'Your browsers and programs',
  },

  codeEntry: {
    title: 'Enter the code',
    heading: 'Enter the code from your device',
    code: 'Code',
    hint: 'The 8 letters that the program in your terminal shows. You will see who asks before anything is allowed.',
    submit: 'Continue',
    linkTitle: 'Go on with this code?',
    link: (beginning: string) =>
      html`The link that you followed has a code in it, which begins with <strong>${beginning}</strong>. You will see who asks before anything is allowed.`,
    another: 'Enter another code',
    damagedLink: 'The link to that request is damaged. Enter the code that your device shows.',
    limited: (waitSeconds: number) =>
      `There were too many wrong codes. Wait ${duration(waitSeconds)}, then try again.`,
    noRequest:
      'No open request has that code. Check it against your device. If it has expired or was answered already, start again there.',
  },

  /** What is wrong with what was typed as a code, or as the end of one. */
  codeMistake: {
    noLetters: 'A code has 8 letters, and this has none. Check it against your device.',
    fewLetters: (letters: number) =>
      `A code has 8 letters, and this has ${number(letters)}. Check it against your device.`,
    manyLetters: 'A code has 8 letters, and this has more. Check it against your device.',
    otherAlphabet: (character: Html, letters: string) =>
      html`“${character}” is a letter of another alphabet, even where it looks like a Latin one. A code has 8 of these Latin letters: ${letters}. Check the language of your keyboard.`,
    noLetter: (character: Html, letters: string) =>
      html`“${character}” is in no code. A code has 8 of these Latin letters: ${letters}. Check it against your device.`,
    wrongEnding:
      'Those are not the last 4 letters of the code. Check them against the device on which you started this. If there is none before you, deny.',
    noEnding: 'Nothing was allowed. To allow it, type the last 4 letters of the code that your device shows.',
    shortEnding: (letters: number) =>
      `Type the last 4 letters of the code; this has ${number(letters)}. Check it against your device.`,
    longEnding: 'Type the last 4 letters of the code; this has more. Check it against your device.',
  },

  /** What a device and a program that the browser goes back to are asked about alike. */
  question: {
    title: 'Allow this sign-in?',
    allow: 'Allow',
    deny: 'Deny',
    somebodyElse: (name: Html, signInUrl: string) =>
      html`Not ${name}? <a href="${signInUrl}">Sign in as someone else</a>`,
  },

  device: {
    caution: html`<strong>Deny unless you started this yourself, just now.</strong>
If someone sent you this link or this code, they would get in as you.`,
    cautionElsewhere: html`<strong>This was started in another network than yours.</strong>
If someone sent you this link or a code, they would get in as you. Deny unless you started this yourself, just now, on
another machine.`,
    sameBeginning: 'Does your device show a code that begins like this?',
    spokenBeginning: (letters: string) => `${letters}, then four letters that are hidden here`,
    typeEnding: 'To allow it, type the last 4 letters that your device shows',
    typeEndingHint: 'They are not shown here: read them from the device on which you started this.',
    ends: (endsAtMs: number, nowMs: number) => html`This request ends ${deadline(endsAtMs, nowMs)}.`,
    noTriesLeft: 'Too many wrong codes',
    wait: (waitSeconds: number) =>
      `Nothing was allowed. Wait ${duration(waitSeconds)}, then try again; if the request has ended by then, start again on your device.`,
    denyNow: 'If you did not start this yourself, deny it now.',
  },

  /** Why a person may not allow a device, whatever they type. */
  deviceRefusal: {
    title: 'You cannot allow this device',
    turnedOffTitle: 'Devices are not signed in here',
    reason: {
      turnedOff: 'Whoever runs this service has turned off signing in a device by a code.',
      client:
        'Whoever runs this service lets only programs that they know sign in by a code, and this is none of them.',
      group:
        'Whoever runs this service lets only some groups of people sign in a device by a code, and you are in none of them.',
      network: 'Devices can be allowed only from certain networks, and this browser is in none of them.',
      otherNetwork:
        'A device can be allowed only from the network that it is in itself, and that could not be seen of this one.',
    },
    instead: html`To sign in on a machine that has a browser, run ${renderCommand('aws sso login')} there, without
${renderCommand('--use-device-code')}.`,
  },

  consent: {
    caution: html`<strong>Deny unless you started this yourself, just now.</strong>
If someone sent you this link, they might get in as you.`,
    cautionElsewhere: html`<strong>Your access goes to another computer.</strong>
If someone sent you this link, they would get in as you. Deny unless you started this yourself, just now, and know whose
computer that is.`,
    typeHost: 'To allow it, type the host name beside “Goes to”',
    typeHostHint: 'Be sure that you know this host: it gets your access.',
    ends: (endsAtMs: number, nowMs: number) =>
      html`You can answer this request for ${timeLeft((endsAtMs - nowMs) / 1000)}, until ${renderTime(endsAtMs, timeOfDay(endsAtMs))}.`,
    limited: (waitSeconds: number) =>
      `There were too many wrong hosts. Wait ${duration(waitSeconds)}, then try again. You can deny now.`,
    hostMistake: {
      missing: 'Nothing was allowed. To allow it, type the host name that stands beside “Goes to”.',
      noHost:
        'That is no host name, which has only letters, digits, dots and dashes. Type the one beside “Goes to”.',
      wrong:
        'That is another host than the one beside “Goes to”. Compare them letter by letter. If it is not the one that you know, deny.',
    },
    refused: 'The program that sent you here did not ask in the right way. Nothing was allowed.',
    goBack: (name: Html, href: string) =>
      html`<a href="${href}" rel="noreferrer">Go back to ${name}</a>, if you know it.`,
  },

  /** Who asks, and for what. */
  asker: {
    who: 'Who asks',
    noName: '(no name)',
    programOnSystem: (program: string, system: string) => `${program} on ${system}`,
    unchecked: 'Its own words, not checked.',
    known: 'A program that whoever runs this service knows.',
    from: 'From',
    network: {
      same: () => html`The same network as this browser.`,
      different: (browser: Html) =>
        html`Not where you are now: this browser is at ${browser}. That is right if you started this on another machine, such as over SSH. If not, deny.`,
      otherIpVersion: (browser: Html) =>
        html`It is not known from which network: this browser is at ${browser}, and addresses of IPv4 and IPv6 cannot be compared.`,
      behindProxy: () => html`It is not known from which network: this may be the address of a proxy.`,
    },
    asked: 'Asked',
    askedAt(askedAtMs: number, nowMs: number): Html {
      const ageSeconds = (nowMs - askedAtMs) / 1000;
      const age = ageSeconds < 5 ? 'just now' : ago(ageSeconds);
      return renderTime(askedAtMs, `${age}, at ${timeOfDay(askedAtMs)}`);
    },
    goesTo: 'Goes to',
    place: {
      here: 'A program on the computer you are using.',
      app: 'An app on the device you are using.',
      elsewhere: 'Another computer, which gets your access. If you do not know it, deny.',
    },
    ownLetters: (host: Html) =>
      html`Written in its own letters: ${host}. Some look like letters of other alphabets.`,
    may: 'It may',
    as: 'As',
    howLong: (sessionSeconds: number) => `For up to ${duration(sessionSeconds)} or until you sign out.`,
  },

  scopes: {
    nothing: 'Know that you signed in, and nothing else',
    identity: 'Know who you are',
    identityForAws: 'Tell AWS services who you are',
    unknown: (scope: Html) => html`Nothing else: “${scope}” is a scope that is not known here`,
    noAccounts: 'Use your AWS accounts (none is assigned to you yet)',
    accounts: (names: readonly Html[]) => html`Use all your roles in ${list(names)}`,
    manyAccounts: (names: readonly Html[], others: number) =>
      html`Use all your roles in ${list([...names, html`${number(others)} more`])}`,
    /** Accounts that nobody has counted. */
    countlessAccounts: (names: readonly Html[], atLeast: number) =>
      html`Use all your roles in ${list([...names, html`more than ${number(atLeast)} more`])}`,
  },

  done: {
    allowed: 'Allowed',
    deviceSignedIn: 'Your device will be signed in within a few seconds.',
    close: 'You can close this window.',
    denied: 'Denied',
    nobodyGotIn: 'Nobody got in. You can close this window.',
    reportAttempt: 'If you did not start this yourself, tell whoever runs this service that someone tried.',
  },

  /** Ending what was allowed. */
  takeBack: {
    question:
      'Did you not mean to allow this, or did someone send you the link or the code? Then end it: nothing that came of it works any more.',
    submit: 'That wasn’t me',
    ended: 'Ended',
    nothingWorks:
      'What you had allowed is signed out. Nothing that it got works any more, role credentials included.',
    report: 'If you did not start it yourself, tell whoever runs this service that someone tried.',
  },

  answeredBefore: {
    allowed: (answeredAtMs: number) => `You allowed this at ${timeOfDay(answeredAtMs)}`,
    denied: (answeredAtMs: number) => `You denied this at ${timeOfDay(answeredAtMs)}`,
    allowTooLate: (answeredAtMs: number) =>
      `You pressed “Allow” just now, which changed nothing: the answer of ${timeOfDay(answeredAtMs)} stands.`,
    denyTooLate: (answeredAtMs: number) =>
      `You pressed “Deny” just now, which changed nothing: the answer of ${timeOfDay(answeredAtMs)} stands.`,
    deviceAllowed:
      'The code is used up, and your device needs nothing more from you. You can close this window.',
    deviceDenied: 'Nobody got in by this code. To sign in after all, start again on your device.',
    sent: (name: Html) => html`Your answer was sent to ${name} then. You can close this window.`,
    onItsWay: (name: Html, href: string) =>
      html`Your answer is on its way to <a href="${href}" rel="noreferrer">${name}</a>.`,
    askAgain: (href: string) =>
      html`If the program did not get it, start again there, or <a href="${href}">answer once more</a>.`,
  },

  problems: {
    toStartPage: 'Go to the start page',
    report: (requestId: string) =>
      html`If it happens again, tell whoever runs this service. It helps them to know the request:
<code>${requestId}</code>`,
    notFound: {
      heading: 'There is no such page',
      text: 'The address may be mistyped, or from an older link.',
    },
    wrongMethod: (method: string, allowed: string) => ({
      heading: 'That cannot be done here',
      text: `This address does not take ${method}; it takes ${allowed}.`,
    }),
    tooLarge: (maxBytes: number) => ({
      heading: 'That was too much at once',
      text: `The form that was sent is longer than ${number(maxBytes)}\u00a0bytes, the most that is taken.`,
    }),
    failed: {
      heading: 'Something failed here',
      text: 'It is not your fault. Please try again in a moment.',
    },
    unavailable: {
      heading: 'This cannot be answered right now',
      text: 'What you asked for may have happened all the same. Please try again in a moment: that is safe.',
    },
    otherSite: {
      heading: 'Another site sent that form',
      text: 'Nothing was changed. If a page asked you to press something there, it tried to act in your name.',
    },
    outdated: {
      heading: 'That page is out of date',
      text: 'It was opened too long ago, or before you last signed in. Nothing was changed. Go back, reload the page, and answer again.',
    },
    nothingToEnd: {
      heading: 'There is nothing to end',
      text: 'What you had allowed is over, and nothing of it is kept any more.',
    },
    noAction: {
      heading: 'It was not said what to do',
      text: 'Go back and press one of the buttons.',
    },
    noDecision: {
      heading: 'Your answer is missing',
      text: 'Go back and press either “Allow” or “Deny”.',
    },
    noForm: {
      heading: 'That form cannot be read',
      text: 'It was not sent the way a browser sends a form.',
    },
    notEncoded: unreadable('It has characters that should have been encoded.'),
    notUtf8: unreadable('It has characters that cannot be read.'),
    tooManyFields: (most: number) => unreadable(`It has more than ${number(most)} fields.`),
    repeatedField: unreadable('It says one thing twice.'),
  },

  /** What is wrong with a request to `/authorize` from which nobody is sent back. */
  authorizationFault: {
    heading: 'This sign-in link does not work',
    startAgain: 'Go back to that program and start again.',
    tooManyParameters: (parameters: number, most: number) =>
      `The request has ${number(parameters)} parameters, more than ${number(most)}.`,
    repeatedParameter: 'A parameter of the request is repeated, which is not allowed.',
    unknownClient: 'The program that sent you here is not registered.',
    expiredClient: 'The registration of the program that sent you here has expired.',
    noRedirectUri: 'The request does not say where to go back to.',
    foreignRedirectUri: 'The address to go back to is not one that the program registered.',
  },

  /** Why a request was answered without being handled. */
  refusal: {
    busy: 'Too much is going on here',
    heading: 'This request was refused',
    noRoom: () => 'Too many requests are in flight: try again.',
    plainHttp: () =>
      'Plain HTTP is allowed from trusted proxies and from this machine only: use https, or name the proxy that sent this in trustedProxies.',
    unnamedProxy: () =>
      'A proxy on this machine sent this, and is not in trustedProxies: name its address there, or everybody behind it has that address.',
    wrongVersion: (version: string) => `HTTP/${version} is not spoken here: use HTTP/1.1.`,
    tooManyHeaders: (most: string) => `A request may have at most ${most} headers.`,
    repeatedHeader: (name: string) => `The header ${name} came more than once: send one.`,
    codingInHttp10: () => 'HTTP/1.0 has no Transfer-Encoding: send Content-Length, or use HTTP/1.1.',
    unknownCoding: () => 'The only Transfer-Encoding that is read here is chunked.',
    noHost: () => 'A request in HTTP/1.1 needs the header host (RFC 9112 section 3.2).',
    wrongHost: () => 'The header host is not a host with or without a port.',
    twoHosts: () => 'The header host and the host of the request target differ: send the same host in both.',
  },
};

/** The messages of a language. */
export type Messages = typeof english;

/** What a page says of a request that is not answered as was wanted. */
export interface Problem {
  readonly heading: string;
  readonly text: string;
}

function timeOfDay(instantMs: number): string {
  return `${clockTime(instantMs)}\u00a0UTC`;
}

function deadline(endsAtMs: number, nowMs: number): Html {
  return renderTime(endsAtMs, `${within((endsAtMs - nowMs) / 1000)}, at ${timeOfDay(endsAtMs)}`);
}

function unreadable(reason: string): Problem {
  return { heading: 'That address or form cannot be read', text: `${reason} Go back and try again.` };
}
