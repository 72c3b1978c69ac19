import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { englishSessions } from './english-sessions.ts';
import { formatsOf, renderTime } from './formats.ts';

const { ago, duration } = formatsOf('de');

/** What the page `/me` says, in German. */
export const germanSessions: typeof englishSessions = {
  sessions: {
    title: 'Ihre Sitzungen',
    lead: 'Wo Sie angemeldet sind und welche Programme für Sie handeln. Eine Sitzung, die Sie beenden, funktioniert sofort nicht mehr, und mit ihr die Zugangsdaten von Rollen.',
    browsers: 'Angemeldete Browser',
    browsersText: 'Wenn Sie einen Browser beenden, enden auch die Programme, die Sie darin zugelassen haben.',
    thisBrowser: 'Dieser Browser.',
    unknownBrowser: 'Ein Browser, der nicht sagt, welcher er ist',
    programs: 'Programme',
    programsText: 'Ein Programm nennt sich, wie es will: Diese Namen hat niemand geprüft.',
    noPrograms: 'Kein Programm handelt für Sie.',
    unknownProgram: 'Ein Programm ohne Namen',
    allowedHere: 'In diesem Browser zugelassen.',
    began: (beganAtMs, nowMs) => html`Begonnen ${moment(beganAtMs, nowMs)}.`,
    used: (usedAtMs, nowMs, address) =>
      html`Zuletzt verwendet ${moment(usedAtMs, nowMs)}, von ${address} aus.`,
    usedSomewhere: (usedAtMs, nowMs) => html`Zuletzt verwendet ${moment(usedAtMs, nowMs)}.`,
    toTheHour: 'Wann etwas zuletzt verwendet wurde, ist auf eine Stunde genau bekannt.',
    end: 'Beenden',
    endNamed: (name) => `${name} beenden`,
    older: 'Ältere',
    newest: 'Neueste',
    recent: (seconds) =>
      `Ihre Anmeldung ist länger als ${duration(seconds)} her. Bevor Sie etwas beenden, werden Sie gebeten, sich noch einmal anzumelden; drücken Sie danach die Schaltfläche erneut.`,
    notGenuine:
      'Dieses Formular war nicht für Sie in diesem Browser gemacht, deshalb wurde nichts beendet. Wenn Sie etwas beenden möchten, tun Sie es hier.',
    endedBefore: 'Diese Sitzung ist schon beendet.',
    activity: 'Letzte Ereignisse',
    activityText: 'Die letzten Vorgänge, soweit sie noch bekannt sind.',
    nothing: 'Nichts.',
    browserBegan: (browser) => html`Sie haben sich mit ${browser} angemeldet.`,
    browserEnded: (browser) => html`${browser} wurde abgemeldet, oder Sie haben sich dort neu angemeldet.`,
    programBegan: (program) => html`Sie haben ${program} zugelassen.`,
    programEnded: (program) => html`${program} wurde beendet.`,
    when: (atMs, nowMs) => moment(atMs, nowMs),
    everywhere: 'Überall abmelden',
    everywhereText:
      'Sehen Sie etwas, das nicht von Ihnen ist? Damit beenden Sie jeden Browser und jedes Programm, auch diesen Browser. Wenden Sie sich danach an die Stelle, die diesen Dienst betreibt.',
    submitEverywhere: 'Überall abmelden',
    back: 'Zu Ihren Konten',
  },
};

function moment(instantMs: number, nowMs: number): Html {
  const ageSeconds = (nowMs - instantMs) / 1000;
  return renderTime(instantMs, ageSeconds < 60 ? 'gerade eben' : ago(ageSeconds));
}
