import { html } from 'hono/html';
import { type Html, renderCommand } from '../html.ts';
import type { Messages, Problem } from './english.ts';
import { formatsOf, renderTime } from './formats.ts';
import { germanPassword } from './german-password.ts';
import { germanSecurity } from './german-security.ts';
import { germanSessions } from './german-sessions.ts';
import { germanTelling } from './german-telling.ts';

const { ago, clockTime, duration, list, number, timeLeft, within } = formatsOf('de');

/**
 * What the pages for people say, in German: in the formal address, with the terms of AWS's console and of the BSI. Durations
 * come in the accusative, as in „Warten Sie 5 Tage“; after other prepositions stands another message.
 */
export const german: Messages = {
  frame: {
    skip: 'Direkt zum Inhalt der Seite',
    signOut: 'Abmelden',
    support: 'Hilfe',
    reference: 'Englische API-Referenz',
    language: 'Sprache',
    theme: 'Farben',
    themes: { system: 'System', light: 'hell', dark: 'dunkel' },
  },

  signIn: {
    title: 'Anmelden',
    purpose: {
      device: 'Melden Sie sich zuerst an. Danach werden Sie nach Ihrem Gerät gefragt.',
      program: 'Melden Sie sich zuerst an. Danach werden Sie nach dem Programm gefragt.',
      portal: 'Um Ihre AWS-Konten zu sehen und Ihre Rollen darin zu verwenden.',
      role: 'Melden Sie sich jetzt an, auch wenn Sie es schon getan haben. Dann bekommt Ihr Programm, was es haben wollte.',
      security:
        'Um zu ändern, wie Sie sich anmelden, melden Sie sich jetzt an, auch wenn Sie es schon getan haben.',
      sessions:
        'Um zu sehen, wo Sie angemeldet sind, und Sitzungen zu beenden. Melden Sie sich an, auch wenn Sie es schon getan haben.',
    },
    signedInAs: (name, returnTo) =>
      html`Sie sind als <strong>${name}</strong> angemeldet.
<a href="${returnTo}">Als ${name} fortfahren</a>, oder melden Sie sich als jemand anderes an; ${name} bleibt hier angemeldet.`,
    userName: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden',
    goToSignIn: 'Zur Anmeldeseite',
    missing: 'Geben Sie Ihren Benutzernamen und Ihr Passwort ein.',
    wrong:
      'Der Benutzername oder das Passwort ist falsch. Prüfen Sie beides, und versuchen Sie es noch einmal.',
    wrongPasskey:
      'Dieser Passkey hat Sie nicht angemeldet. Es muss einer für diesen Dienst sein, der nach Ihrer PIN oder Ihrem Fingerabdruck fragt.',
    limited: (waitSeconds) =>
      `Es gab zu viele Versuche. Warten Sie ${duration(waitSeconds)}, und versuchen Sie es dann noch einmal. In einem Browser, in dem Sie sich schon einmal angemeldet haben, müssen Sie nicht warten.`,
    busy: 'Im Moment melden sich zu viele Personen an. Ihr Passwort wurde deshalb nicht geprüft. Warten Sie einige Sekunden, und versuchen Sie es dann noch einmal.',
    otherSite:
      'Dieses Formular wurde von einer anderen Website gesendet. Deshalb wurde nichts geprüft. Wenn Sie sich anmelden möchten, tun Sie es hier.',
    tooOld: (maxAgeSeconds) =>
      `Diese Seite war länger als ${duration(maxAgeSeconds)} geöffnet. Deshalb wurde nichts geprüft. Bitte melden Sie sich noch einmal an.`,
    unknown:
      'Diese Seite gehört nicht zu diesem Browser, oder seine Cookies fehlen. Deshalb wurde nichts geprüft. Bitte melden Sie sich noch einmal an; Ihr Browser muss Cookies zulassen.',
  },

  ...germanPassword,
  ...germanTelling,
  ...germanSecurity,
  ...germanSessions,

  signOut: {
    title: 'Abmelden',
    heading: 'Möchten Sie sich abmelden?',
    consequence: (name) =>
      html`Sie sind als ${name} angemeldet. Programme, denen Sie in dieser Sitzung Zugriff erlaubt haben, werden ebenfalls abgemeldet.`,
    submit: 'Abmelden',
    stay: 'Angemeldet bleiben',
    otherSite: 'Eine andere Website hat versucht, Sie abzumelden. Sie sind weiterhin angemeldet.',
    outdated: 'Diese Seite stammt aus der Zeit vor Ihrer letzten Anmeldung. Sie sind weiterhin angemeldet.',
    doneTitle: 'Abgemeldet',
    doneHeading: 'Sie sind abgemeldet',
    nobody: 'In diesem Browser ist hier niemand angemeldet.',
    programs:
      'Wenn Sie „Abmelden“ gedrückt haben, sind auch die Programme abgemeldet, denen Sie in dieser Sitzung Zugriff erlaubt haben. Wenn die Sitzung von selbst abgelaufen ist, sind sie es nicht.',
    signInAgain: 'Wieder anmelden',
  },

  handOver: {
    summary: 'Auf dem Telefon anmelden',
    scan: 'Scannen Sie diesen Code mit dem Telefon. Er öffnet dort dieselbe Anfrage; halten Sie auch den Code Ihres Geräts bereit.',
    label: 'QR-Code, der diese Anfrage öffnet',
  },

  people: {
    heading: 'Hier auch angemeldet',
    goOn: (name) => html`Als ${name} fortfahren`,
    signOut: (name) => html`${name} abmelden`,
  },

  portal: {
    title: 'Ihre Konten',
    noAccounts: 'Ihnen ist noch keines zugewiesen. Wenden Sie sich an die Betreiber dieses Dienstes.',
    notAssigned: 'In diesem Konto ist Ihnen keine Rolle zugewiesen.',
    search: 'Nach Kontoname, Kontonummer oder Rolle suchen',
    submitSearch: 'Suchen',
    showAll: 'Alle Konten anzeigen',
    nothingFound: (search) => html`Keines Ihrer Konten passt zu „${search}“.`,
    place: (first, last, total) => `Konten ${number(first)} bis ${number(last)} von ${number(total)}.`,
    byId: (moreThan) =>
      `Mehr als ${number(moreThan)} Konten, nach Kontonummer. Suchen Sie das, das Sie brauchen.`,
    firstAccounts: 'Erste Konten',
    previousAccounts: 'Vorherige Konten',
    nextAccounts: 'Nächste Konten',
    firstRoles: 'Erste Rollen',
    nextRoles: 'Nächste Rollen',
    setUp: 'Die AWS CLI einrichten',
    addConfig: (
      fileHref,
    ) => html`Fügen Sie dies in <code>~/.aws/config</code> ein. Ein Klick markiert alles. Darin sind die Rollen, die hier stehen.
Für alle Ihre Konten gibt es <a href="${fileHref}" download>die ganze Datei zum Herunterladen</a>. Wenn solche Zeilen schon darin stehen,
von <code>BEGIN</code> bis <code>END</code>, dann ersetzen Sie sie: Die AWS CLI liest keine Datei, in der ein Abschnitt zweimal
vorkommt. Wo der Befehl von Latchkey eingerichtet ist, erledigt das ${renderCommand('latchkey aws-config --write --user')} mit Ihrem
Benutzernamen.`,
    config: 'Konfiguration für die AWS CLI',
    signIn: 'Melden Sie sich an:',
    signInCommand: 'Befehl zum Anmelden',
    useRole: 'Verwenden Sie eine Rolle über den Namen ihres Profils:',
    useRoleCommand: 'Befehl, der eine Rolle verwendet',
    device: 'Ein Gerät anmelden',
    enterCode: (href) => html`Zeigt Ihnen ein Programm einen Code? <a href="${href}">Code eingeben</a>`,
    signedInAs: (displayName, userName) =>
      html`Sie sind als ${displayName} (${userName}) angemeldet. <a href="/sign-in">Zu jemand anderem wechseln</a>`,
    sessions: 'Ihre Browser und Programme',
  },

  codeEntry: {
    title: 'Code eingeben',
    heading: 'Geben Sie den Code von Ihrem Gerät ein',
    code: 'Code',
    hint: 'Die 8 Buchstaben, die das Programm in Ihrem Terminal zeigt. Bevor etwas erlaubt wird, sehen Sie, wer anfragt.',
    submit: 'Weiter',
    linkTitle: 'Mit diesem Code fortfahren?',
    link: (beginning) =>
      html`Der Link, dem Sie gefolgt sind, enthält einen Code, der mit <strong>${beginning}</strong> beginnt. Bevor etwas erlaubt wird, sehen Sie, wer anfragt.`,
    another: 'Einen anderen Code eingeben',
    damagedLink: 'Der Link zu dieser Anfrage ist beschädigt. Geben Sie den Code ein, den Ihr Gerät zeigt.',
    limited: (waitSeconds) =>
      `Es gab zu viele falsche Codes. Warten Sie ${duration(waitSeconds)}, und versuchen Sie es dann noch einmal.`,
    noRequest:
      'Zu diesem Code gibt es keine offene Anfrage. Vergleichen Sie ihn mit Ihrem Gerät. Wenn er abgelaufen ist oder schon beantwortet wurde, beginnen Sie dort von vorn.',
  },

  codeMistake: {
    noLetters: 'Ein Code hat 8 Buchstaben, hier ist keiner. Vergleichen Sie mit Ihrem Gerät.',
    fewLetters: (letters) =>
      `Ein Code hat 8 Buchstaben, hier ${letters === 1 ? 'ist nur einer' : `sind es ${number(letters)}`}. Vergleichen Sie mit Ihrem Gerät.`,
    manyLetters: 'Ein Code hat 8 Buchstaben, hier sind es mehr. Vergleichen Sie mit Ihrem Gerät.',
    otherAlphabet: (character, letters) =>
      html`„${character}“ ist ein Buchstabe eines anderen Alphabets, auch wenn er wie ein lateinischer aussieht. Ein Code hat 8 dieser lateinischen Buchstaben: ${letters}. Prüfen Sie die Sprache Ihrer Tastatur.`,
    noLetter: (character, letters) =>
      html`„${character}“ kommt in keinem Code vor. Ein Code hat 8 dieser lateinischen Buchstaben: ${letters}. Vergleichen Sie mit Ihrem Gerät.`,
    wrongEnding:
      'Das sind nicht die letzten 4 Buchstaben des Codes. Vergleichen Sie sie mit dem Gerät, auf dem Sie die Anmeldung gestartet haben. Wenn Sie kein solches Gerät vor sich haben, lehnen Sie ab.',
    noEnding:
      'Es wurde nichts erlaubt. Um es zu erlauben, geben Sie die letzten 4 Buchstaben des Codes ein, den Ihr Gerät zeigt.',
    shortEnding: (letters) =>
      `Geben Sie die letzten 4 Buchstaben des Codes ein; hier ${letters === 1 ? 'ist nur einer' : `sind es ${number(letters)}`}. Vergleichen Sie mit Ihrem Gerät.`,
    longEnding:
      'Geben Sie die letzten 4 Buchstaben des Codes ein; hier sind es mehr. Vergleichen Sie mit Ihrem Gerät.',
  },

  question: {
    title: 'Diese Anmeldung erlauben?',
    allow: 'Erlauben',
    deny: 'Ablehnen',
    somebodyElse: (name, signInUrl) =>
      html`Sie sind nicht ${name}? <a href="${signInUrl}">Als jemand anderes anmelden</a>`,
  },

  device: {
    caution: html`<strong>Lehnen Sie ab, wenn Sie diese Anmeldung nicht gerade eben selbst gestartet haben.</strong>
Hat Ihnen jemand diesen Link oder diesen Code geschickt? Dann bekäme diese Person Zugriff in Ihrem Namen.`,
    cautionElsewhere: html`<strong>Diese Anmeldung wurde in einem anderen Netz als Ihrem gestartet.</strong>
Hat Ihnen jemand diesen Link oder einen Code geschickt? Dann bekäme diese Person Zugriff in Ihrem Namen. Lehnen Sie ab, wenn
Sie die Anmeldung nicht gerade eben selbst auf einem anderen Computer gestartet haben.`,
    sameBeginning: 'Zeigt Ihr Gerät einen Code, der so beginnt?',
    spokenBeginning: (letters) => `${letters}, dann vier Buchstaben, die hier verborgen sind`,
    typeEnding: 'Um es zu erlauben, geben Sie die letzten 4 Buchstaben ein, die Ihr Gerät zeigt',
    typeEndingHint:
      'Sie stehen nicht auf dieser Seite: Lesen Sie sie auf dem Gerät ab, auf dem Sie die Anmeldung gestartet haben.',
    ends: (endsAtMs, nowMs) => html`Diese Anfrage endet ${deadline(endsAtMs, nowMs)}.`,
    noTriesLeft: 'Zu viele falsche Codes',
    wait: (waitSeconds) =>
      `Es wurde nichts erlaubt. Warten Sie ${duration(waitSeconds)}, und versuchen Sie es dann noch einmal. Wenn die Anfrage bis dahin abgelaufen ist, beginnen Sie auf Ihrem Gerät von vorn.`,
    denyNow: 'Wenn Sie diese Anmeldung nicht selbst gestartet haben, lehnen Sie sie jetzt ab.',
  },

  deviceRefusal: {
    title: 'Sie können dieses Gerät nicht zulassen',
    turnedOffTitle: 'Hier werden keine Geräte angemeldet',
    reason: {
      turnedOff: 'Die Betreiber dieses Dienstes haben die Anmeldung von Geräten mit einem Code abgeschaltet.',
      client:
        'Die Betreiber dieses Dienstes lassen nur Programme, die sie kennen, mit einem Code anmelden. Dieses gehört nicht dazu.',
      group:
        'Die Betreiber dieses Dienstes lassen nur bestimmte Gruppen Geräte mit einem Code anmelden. Sie gehören zu keiner davon.',
      network:
        'Geräte können nur aus bestimmten Netzen zugelassen werden. Dieser Browser ist in keinem davon.',
      otherNetwork:
        'Ein Gerät kann nur aus dem Netz zugelassen werden, in dem es selbst ist. Bei diesem war das nicht zu erkennen.',
    },
    instead: html`Um sich auf einem Computer mit Browser anzumelden, führen Sie dort ${renderCommand('aws sso login')} aus, ohne
${renderCommand('--use-device-code')}.`,
  },

  consent: {
    caution: html`<strong>Lehnen Sie ab, wenn Sie diese Anmeldung nicht gerade eben selbst gestartet haben.</strong>
Hat Ihnen jemand diesen Link geschickt? Dann könnte diese Person Zugriff in Ihrem Namen bekommen.`,
    cautionElsewhere: html`<strong>Ihr Zugriff geht an einen anderen Computer.</strong>
Hat Ihnen jemand diesen Link geschickt? Dann bekäme diese Person Zugriff in Ihrem Namen. Lehnen Sie ab, wenn Sie diese Anmeldung
nicht gerade eben selbst gestartet haben oder nicht wissen, wessen Computer das ist.`,
    typeHost: 'Um es zu erlauben, geben Sie den Hostnamen ein, der neben „Geht an“ steht',
    typeHostHint: 'Vergewissern Sie sich, dass Sie diesen Host kennen: Er bekommt Ihren Zugriff.',
    ends: (endsAtMs, nowMs) =>
      html`Sie können diese Anfrage noch ${timeLeft((endsAtMs - nowMs) / 1000)} lang beantworten, bis ${renderTime(endsAtMs, timeOfDay(endsAtMs))}.`,
    limited: (waitSeconds) =>
      `Es gab zu viele falsche Hosts. Warten Sie ${duration(waitSeconds)}, und versuchen Sie es dann noch einmal. Ablehnen können Sie jetzt schon.`,
    hostMistake: {
      missing:
        'Es wurde nichts erlaubt. Um es zu erlauben, geben Sie den Hostnamen ein, der neben „Geht an“ steht.',
      noHost:
        'Das ist kein Hostname: Der besteht nur aus Buchstaben, Ziffern, Punkten und Bindestrichen. Geben Sie den ein, der neben „Geht an“ steht.',
      wrong:
        'Das ist ein anderer Host als der neben „Geht an“. Vergleichen Sie die beiden Buchstabe für Buchstabe. Wenn es nicht der ist, den Sie kennen, lehnen Sie ab.',
    },
    refused:
      'Das Programm, das Sie hierher geschickt hat, hat nicht auf die richtige Weise angefragt. Es wurde nichts erlaubt.',
    goBack: (name, href) =>
      html`<a href="${href}" rel="noreferrer">Zurück zu ${name}</a>, wenn Sie diese Adresse kennen.`,
  },

  asker: {
    who: 'Wer anfragt',
    noName: '(ohne Namen)',
    programOnSystem: (program, system) => `${program} unter ${system}`,
    unchecked: 'Eigene Angaben, nicht geprüft.',
    known: 'Ein Programm, das die Betreiber dieses Dienstes kennen.',
    from: 'Von',
    network: {
      same: () => html`Dasselbe Netz wie dieser Browser.`,
      different: (browser) =>
        html`Nicht dort, wo Sie jetzt sind: Dieser Browser hat die Adresse ${browser}. Das ist richtig, wenn Sie die Anmeldung auf einem anderen Computer gestartet haben, etwa über SSH. Wenn nicht, lehnen Sie ab.`,
      otherIpVersion: (browser) =>
        html`Das Netz ist nicht bekannt: Dieser Browser hat die Adresse ${browser}, und Adressen von IPv4 und IPv6 lassen sich nicht vergleichen.`,
      behindProxy: () => html`Das Netz ist nicht bekannt: Dies kann die Adresse eines Proxys sein.`,
    },
    asked: 'Angefragt',
    askedAt(askedAtMs, nowMs) {
      const ageSeconds = (nowMs - askedAtMs) / 1000;
      const age = ageSeconds < 5 ? 'gerade eben' : ago(ageSeconds);
      return renderTime(askedAtMs, `${age}, um ${timeOfDay(askedAtMs)}`);
    },
    goesTo: 'Geht an',
    place: {
      here: 'Ein Programm auf dem Computer, den Sie gerade benutzen.',
      app: 'Eine App auf dem Gerät, das Sie gerade benutzen.',
      elsewhere: 'Ein anderer Computer, der Ihren Zugriff bekommt. Wenn Sie ihn nicht kennen, lehnen Sie ab.',
    },
    ownLetters: (host) =>
      html`In seinen eigenen Buchstaben: ${host}. Manche sehen aus wie Buchstaben anderer Alphabete.`,
    may: 'Darf',
    as: 'Als',
    howLong: (sessionSeconds) => `Höchstens ${duration(sessionSeconds)} lang oder bis Sie sich abmelden.`,
  },

  scopes: {
    nothing: 'Wissen, dass Sie sich angemeldet haben, und sonst nichts',
    identity: 'Wissen, wer Sie sind',
    identityForAws: 'AWS-Services mitteilen, wer Sie sind',
    unknown: (scope) => html`Sonst nichts: „${scope}“ ist ein Scope, der hier nicht bekannt ist`,
    noAccounts: 'Ihre AWS-Konten verwenden (Ihnen ist noch keines zugewiesen)',
    accounts: (names) => html`Alle Ihre Rollen in ${list(names)} verwenden`,
    manyAccounts: (names, others) =>
      html`Alle Ihre Rollen in ${list([...names, html`${number(others)} weiteren`])} verwenden`,
    countlessAccounts: (names, atLeast) =>
      html`Alle Ihre Rollen in ${list([...names, html`mehr als ${number(atLeast)} weiteren`])} verwenden`,
  },

  done: {
    allowed: 'Erlaubt',
    deviceSignedIn: 'Ihr Gerät ist in wenigen Sekunden angemeldet.',
    close: 'Sie können dieses Fenster schließen.',
    denied: 'Abgelehnt',
    nobodyGotIn: 'Niemand hat Zugriff bekommen. Sie können dieses Fenster schließen.',
    reportAttempt:
      'Wenn Sie diese Anmeldung nicht selbst gestartet haben, melden Sie den Versuch den Betreibern dieses Dienstes.',
  },

  takeBack: {
    question:
      'Wollten Sie das nicht erlauben, oder hat Ihnen jemand den Link oder den Code geschickt? Dann beenden Sie es: Danach funktioniert nichts mehr, das daraus entstanden ist.',
    submit: 'Das war ich nicht',
    ended: 'Beendet',
    nothingWorks:
      'Der Zugriff, den Sie erlaubt hatten, ist beendet. Nichts davon funktioniert noch, auch keine Zugangsdaten für Rollen.',
    report:
      'Wenn Sie es nicht selbst gestartet haben, melden Sie den Versuch den Betreibern dieses Dienstes.',
  },

  answeredBefore: {
    allowed: (answeredAtMs) => `Sie haben dies um ${timeOfDay(answeredAtMs)} erlaubt`,
    denied: (answeredAtMs) => `Sie haben dies um ${timeOfDay(answeredAtMs)} abgelehnt`,
    allowTooLate: (answeredAtMs) =>
      `Sie haben gerade „Erlauben“ gedrückt. Das hat nichts geändert: Es gilt die Antwort von ${timeOfDay(answeredAtMs)}.`,
    denyTooLate: (answeredAtMs) =>
      `Sie haben gerade „Ablehnen“ gedrückt. Das hat nichts geändert: Es gilt die Antwort von ${timeOfDay(answeredAtMs)}.`,
    deviceAllowed:
      'Der Code ist verbraucht, und Ihr Gerät braucht nichts mehr von Ihnen. Sie können dieses Fenster schließen.',
    deviceDenied:
      'Mit diesem Code hat niemand Zugriff bekommen. Wenn Sie sich doch anmelden möchten, beginnen Sie auf Ihrem Gerät von vorn.',
    sent: (name) => html`Ihre Antwort wurde damals an ${name} gesendet. Sie können dieses Fenster schließen.`,
    onItsWay: (name, href) =>
      html`Ihre Antwort ist unterwegs zu <a href="${href}" rel="noreferrer">${name}</a>.`,
    askAgain: (href) =>
      html`Wenn das Programm sie nicht bekommen hat, beginnen Sie dort von vorn, oder <a href="${href}">antworten Sie noch einmal</a>.`,
  },

  problems: {
    toStartPage: 'Zur Startseite',
    report: (requestId) =>
      html`Wenn das wieder vorkommt, melden Sie es den Betreibern dieses Dienstes. Dabei hilft die Kennung der Anfrage:
<code>${requestId}</code>`,
    notFound: {
      heading: 'Diese Seite gibt es nicht',
      text: 'Vielleicht hat die Adresse einen Tippfehler, oder sie stammt aus einem älteren Link.',
    },
    wrongMethod: (method, allowed) => ({
      heading: 'Das geht hier nicht',
      text: `Diese Adresse nimmt ${method} nicht an, sondern nur ${allowed}.`,
    }),
    tooLarge: (maxBytes) => ({
      heading: 'Das war zu viel auf einmal',
      text: `Das gesendete Formular ist länger als ${number(maxBytes)}\u00a0Byte. Mehr wird nicht angenommen.`,
    }),
    failed: {
      heading: 'Hier ist etwas fehlgeschlagen',
      text: 'Das liegt nicht an Ihnen. Bitte versuchen Sie es gleich noch einmal.',
    },
    unavailable: {
      heading: 'Das geht im Moment nicht',
      text: 'Vielleicht ist trotzdem geschehen, was Sie wollten. Bitte versuchen Sie es gleich noch einmal: Das schadet nicht.',
    },
    otherSite: {
      heading: 'Dieses Formular kam von einer anderen Website',
      text: 'Es wurde nichts geändert. Wenn Sie dort auf einer Seite etwas drücken sollten, hat sie versucht, in Ihrem Namen zu handeln.',
    },
    outdated: {
      heading: 'Diese Seite ist veraltet',
      text: 'Sie wurde vor zu langer Zeit geöffnet, oder vor Ihrer letzten Anmeldung. Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu, und antworten Sie noch einmal.',
    },
    nothingToEnd: {
      heading: 'Es gibt nichts zu beenden',
      text: 'Der Zugriff, den Sie erlaubt hatten, ist schon vorbei, und nichts davon ist noch gespeichert.',
    },
    noAction: {
      heading: 'Eine Angabe fehlt',
      text: 'Gehen Sie zurück und drücken Sie eine der Schaltflächen.',
    },
    noDecision: {
      heading: 'Ihre Antwort fehlt',
      text: 'Gehen Sie zurück, und drücken Sie entweder „Erlauben“ oder „Ablehnen“.',
    },
    noForm: {
      heading: 'Dieses Formular ist nicht lesbar',
      text: 'Es wurde nicht so gesendet, wie ein Browser ein Formular sendet.',
    },
    notEncoded: unreadable('Darin stehen Zeichen, die kodiert sein müssten.'),
    notUtf8: unreadable('Darin stehen Zeichen, die sich nicht lesen lassen.'),
    tooManyFields: (most) => unreadable(`Darin stehen mehr als ${number(most)} Felder.`),
    repeatedField: unreadable('Darin steht eine Angabe zweimal.'),
  },

  authorizationFault: {
    heading: 'Dieser Anmeldelink funktioniert nicht',
    startAgain: 'Gehen Sie zurück zu diesem Programm, und beginnen Sie von vorn.',
    tooManyParameters: (parameters, most) =>
      `Die Anfrage hat ${number(parameters)} Parameter, mehr als ${number(most)}.`,
    repeatedParameter: 'Ein Parameter der Anfrage kommt zweimal vor. Das ist nicht erlaubt.',
    unknownClient: 'Das Programm, das Sie hierher geschickt hat, ist nicht registriert.',
    expiredClient: 'Die Registrierung des Programms, das Sie hierher geschickt hat, ist abgelaufen.',
    noRedirectUri: 'In der Anfrage steht nicht, wohin es zurückgehen soll.',
    foreignRedirectUri: 'Die Adresse, zu der es zurückgehen soll, hat das Programm nicht registriert.',
  },

  refusal: {
    busy: 'Hier ist gerade zu viel los',
    heading: 'Diese Anfrage wurde abgelehnt',
    noRoom: () => 'Es sind zu viele Anfragen unterwegs: Versuchen Sie es noch einmal.',
    plainHttp: () =>
      'Ohne Verschlüsselung (http) sind nur Anfragen von vertrauenswürdigen Proxys und von diesem Computer erlaubt: Verwenden Sie https, oder nennen Sie den Proxy, der dies gesendet hat, in trustedProxies.',
    unnamedProxy: () =>
      'Ein Proxy auf diesem Computer hat dies gesendet und steht nicht in trustedProxies: Nennen Sie dort seine Adresse, sonst haben alle, die über ihn kommen, diese Adresse.',
    wrongVersion: (version) => `HTTP/${version} wird hier nicht unterstützt: Verwenden Sie HTTP/1.1.`,
    tooManyHeaders: (most) => `Eine Anfrage darf höchstens ${most} Kopfzeilen haben.`,
    repeatedHeader: (name) => `Die Kopfzeile ${name} kam mehr als einmal: Senden Sie sie einmal.`,
    codingInHttp10: () =>
      'HTTP/1.0 kennt kein Transfer-Encoding: Senden Sie Content-Length, oder verwenden Sie HTTP/1.1.',
    unknownCoding: () => 'Als Transfer-Encoding wird hier nur chunked gelesen.',
    noHost: () => 'Eine Anfrage in HTTP/1.1 braucht die Kopfzeile host (RFC 9112, Abschnitt 3.2).',
    wrongHost: () => 'In der Kopfzeile host steht kein Host mit oder ohne Port.',
    twoHosts: () =>
      'Der Host in der Kopfzeile host und der im Ziel der Anfrage sind verschieden: Senden Sie in beiden denselben.',
  },
};

function timeOfDay(instantMs: number): string {
  return `${clockTime(instantMs)}\u00a0Uhr (UTC)`;
}

function deadline(endsAtMs: number, nowMs: number): Html {
  return renderTime(endsAtMs, `${within((endsAtMs - nowMs) / 1000)}, um ${timeOfDay(endsAtMs)}`);
}

function unreadable(reason: string): Problem {
  return {
    heading: 'Diese Adresse oder dieses Formular ist nicht lesbar',
    text: `${reason} Gehen Sie zurück, und versuchen Sie es noch einmal.`,
  };
}
