import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { formatsOf, renderTime } from './formats.ts';

const { ago, duration } = formatsOf('en-GB');

/** What the page `/me` says, in English. */
export const englishSessions = {
  sessions: {
    title: 'Your sessions',
    lead: 'Where you are signed in, and which programs act for you. What you end stops working at once, role credentials included.',
    browsers: 'Browsers',
    browsersText: 'Ending a browser also ends the programs that you allowed in it.',
    thisBrowser: 'This browser.',
    unknownBrowser: 'A browser that did not say which',
    programs: 'Programs',
    programsText: 'A program calls itself what it likes: nobody has checked these names.',
    noPrograms: 'No program acts for you.',
    unknownProgram: 'A program without a name',
    allowedHere: 'Allowed in this browser.',
    began: (beganAtMs: number, nowMs: number) => html`Began ${moment(beganAtMs, nowMs)}.`,
    /** The address is where it was used last. */
    used: (usedAtMs: number, nowMs: number, address: Html) =>
      html`Last used ${moment(usedAtMs, nowMs)}, from ${address}.`,
    usedSomewhere: (usedAtMs: number, nowMs: number) => html`Last used ${moment(usedAtMs, nowMs)}.`,
    toTheHour: 'Times of last use are exact to an hour.',
    end: 'End',
    endNamed: (name: string) => `End ${name}`,
    older: 'Older ones',
    newest: 'Newest ones',
    recent: (seconds: number) =>
      `You signed in more than ${duration(seconds)} ago. To end something, you will be asked to sign in again first; then press the button once more.`,
    notGenuine:
      'That form was not made for you in this browser, so nothing was ended. If you want to end something, do it here.',
    endedBefore: 'That session has ended already.',
    activity: 'Recent activity',
    activityText: 'What happened lately, as far as it is still known.',
    nothing: 'Nothing.',
    browserBegan: (browser: Html) => html`You signed in with ${browser}.`,
    browserEnded: (browser: Html) => html`${browser} was signed out, or you signed in there anew.`,
    programBegan: (program: Html) => html`You allowed ${program}.`,
    programEnded: (program: Html) => html`${program} was ended.`,
    when: (atMs: number, nowMs: number) => moment(atMs, nowMs),
    everywhere: 'Sign out everywhere',
    everywhereText:
      'Do you see something that is not yours? This ends every browser and every program, this browser included. Then tell whoever runs this service.',
    submitEverywhere: 'Sign out everywhere',
    back: 'Your accounts',
  },
};

function moment(instantMs: number, nowMs: number): Html {
  const ageSeconds = (nowMs - instantMs) / 1000;
  return renderTime(instantMs, ageSeconds < 60 ? 'just now' : ago(ageSeconds));
}
