import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { englishSecurity } from './english-security.ts';
import { formatsOf, renderTime } from './formats.ts';

const { ago, duration, number } = formatsOf('de');

/** What the pages about signing in with more than a password say, in German. */
export const germanSecurity: typeof englishSecurity = {
  passkeyForm: {
    signIn: 'Passkey verwenden',
    use: 'Ihren Passkey verwenden',
    failed:
      'Der Browser hat keinen Passkey gegeben. Versuchen Sie es noch einmal, oder melden Sie sich auf einem anderen Weg an.',
  },

  secondFactor: {
    title: 'Bestätigen Sie, dass Sie es sind',
    lead: (name) => html`Das Passwort ist richtig. Noch ein Schritt, um sich als ${name} anzumelden:`,
    code: 'Code aus Ihrer App',
    codeHint: 'Die 6 Ziffern, die Ihre Authenticator-App jetzt anzeigt. Jeder Code gilt einmal.',
    recoveryCode: 'Wiederherstellungscode',
    recoveryHint:
      'Einer der Codes, die Ihnen einmal angezeigt wurden und die Sie aufbewahrt haben. Jeder gilt einmal.',
    submit: 'Anmelden',
    useRecoveryCode: 'Einen Wiederherstellungscode verwenden',
    useOther: 'Zurück zu Ihren anderen Wegen',
    startAgain: 'Als jemand anderes anmelden',
    needsScript:
      'Für einen Passkey muss der Browser Passkeys haben und auf dieser Seite JavaScript zulassen. Ein Wiederherstellungscode geht auch ohne.',
    wrongCode:
      'Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten in Ihrer App, und prüfen Sie die Uhr Ihres Telefons.',
    wrongRecoveryCode: 'Das ist keiner Ihrer Wiederherstellungscodes, oder er wurde schon verwendet.',
    wrongPasskey:
      'Dieser Passkey hat nicht funktioniert. Verwenden Sie einen, den Sie hier für diese Person eingerichtet haben.',
    limited: (waitSeconds) =>
      `Es gab zu viele falsche Versuche. Warten Sie ${duration(waitSeconds)}, oder verwenden Sie einen Passkey oder einen Wiederherstellungscode, wenn Sie einen haben.`,
    missing: 'Geben Sie den Code ein.',
    otherSite:
      'Dieses Formular wurde von einer anderen Website gesendet. Deshalb wurde nichts geprüft. Wenn Sie sich anmelden möchten, tun Sie es hier.',
    outdated:
      'Diese Seite stammt von einer früheren Anmeldung. Deshalb wurde nichts geprüft. Bitte versuchen Sie es hier noch einmal.',
  },

  policy: {
    otherNetworkTitle: 'Nicht aus diesem Netz',
    otherNetwork: (address) =>
      html`Die Betreiber dieses Dienstes lassen Sie nur aus bestimmten Netzen herein. Dieser Browser kommt von ${address}. Diese Adresse ist in keinem davon.`,
    useNetwork:
      'Verbinden Sie sich mit einem dieser Netze, zum Beispiel über das VPN Ihrer Firma, und laden Sie diese Seite neu.',
    forRole: (role) => html`Ein Programm, das in Ihrem Namen handelt, möchte Zugangsdaten für ${role}.`,
    stepUpCaution: html`<strong>Gehen Sie nur weiter, wenn Sie dies gerade eben selbst gestartet haben.</strong>
Hat Ihnen jemand diesen Link geschickt? Dann könnte diese Person die Zugangsdaten in Ihrem Namen bekommen.`,
    forDevice: 'Bevor Sie dieses Gerät zulassen können:',
    forProgram: 'Bevor Sie dieses Programm zulassen können:',
    signInAgain: 'Melden Sie sich zuerst noch einmal an',
    with: {
      secondFactor: 'Sie müssen sich mit einem zweiten Faktor angemeldet haben.',
      passkey:
        'Sie müssen sich mit einem Passkey angemeldet haben. Ein Code aus einer App oder ein Wiederherstellungscode genügt nicht.',
    },
    within: (recentSignInSeconds) =>
      `Ihre Anmeldung darf nicht lange her sein: höchstens ${duration(recentSignInSeconds)}.`,
    comeBack: 'Danach kommen Sie hierher zurück.',
    goSignIn: 'Noch einmal anmelden',
    enrolTitle: {
      secondFactor: 'Richten Sie zuerst einen zweiten Faktor ein',
      passkey: 'Richten Sie zuerst einen Passkey ein',
    },
    enrol: {
      secondFactor:
        'Die Betreiber dieses Dienstes verlangen, dass Sie sich mit mehr als einem Passwort anmelden. Das geht schnell und ist nur einmal nötig.',
      passkey:
        'Die Betreiber dieses Dienstes verlangen, dass Sie sich mit einem Passkey anmelden. Das geht schnell und ist nur einmal nötig.',
    },
    enrolPasskey: 'Passkey einrichten',
    enrolApp: 'Authenticator-App einrichten',
    steppedUp: 'Gehen Sie zurück zu Ihrem Programm',
    runAgain: (role) => html`Ihre Anmeldung genügt jetzt für ${role}. Führen Sie den Befehl noch einmal aus.`,
    sameBrowser:
      'Werden Sie trotzdem wieder aufgefordert? Dann haben Sie das Programm in einem anderen Browser zugelassen: Melden Sie sich dort an, oder melden Sie das Programm neu an.',
  },

  security: {
    title: 'Wie Sie sich anmelden',
    lead: 'Mit einem zweiten Faktor kommt niemand allein mit Ihrem Passwort hinein. Mit einem Passkey brauchen Sie kein Passwort.',
    password: 'Passwort',
    changePassword: 'Passwort ändern',
    setPassword: 'Ein Passwort setzen',
    noPassword: 'Sie melden sich ohne Passwort an.',
    passkeys: 'Ihre Passkeys',
    passkeysText:
      'Ihr Gerät oder ein Sicherheitsschlüssel meldet Sie an, nachdem Sie es entsperrt haben. Niemand kann ihn abfischen.',
    noPasskeys:
      'Diese Instanz hat eine IP-Adresse statt eines Namens, und dafür haben Browser keine Passkeys. Fragen Sie, wer sie betreibt.',
    addPasskey: 'Passkey hinzufügen',
    apps: 'Authenticator-Apps',
    appsText: 'Eine App auf Ihrem Telefon zeigt einen Code, der alle 30 Sekunden wechselt.',
    addApp: 'App hinzufügen',
    none: 'Noch nichts.',
    added: (createdAtMs, nowMs) => html`Hinzugefügt ${timeAgo(createdAtMs, nowMs)}`,
    used: (usedAtMs, nowMs) => html`Zuletzt verwendet ${timeAgo(usedAtMs, nowMs)}`,
    neverUsed: 'Nie verwendet',
    remove: 'Entfernen',
    removeNamed: (name) => `${name} entfernen`,
    recoveryCodes: 'Wiederherstellungscodes',
    recoveryText:
      'Für den Tag, an dem Ihr Telefon oder Ihr Schlüssel verloren ist. Bewahren Sie sie bei Ihren anderen Papieren auf.',
    recoveryNeedsFactor:
      'Sobald Sie einen Passkey oder eine App haben, können Sie hier Wiederherstellungscodes erzeugen.',
    codesLeft: (left, createdAtMs, nowMs) =>
      html`${number(left)} von 10 sind übrig, erzeugt ${timeAgo(createdAtMs, nowMs)}.`,
    noCodes: html`<strong>Sie haben keine Wiederherstellungscodes.</strong>
Wenn Sie verlieren, womit Sie sich anmelden, kann Sie nur wieder hereinlassen, wer diesen Dienst betreibt. Erzeugen Sie jetzt welche.`,
    makeCodes: 'Wiederherstellungscodes erzeugen',
    makeNewCodes: 'Neue Wiederherstellungscodes erzeugen',
    back: 'Zurück zur Übersicht',
    name: 'Bezeichnung',
    nameHint: 'Damit Sie es wiedererkennen, zum Beispiel wo es ist.',
    nameMissing: 'Geben Sie eine Bezeichnung mit 1 bis 64 Zeichen ein.',
    tooMany: (most) =>
      `Sie haben ${number(most)} davon, mehr können es nicht sein. Entfernen Sie zuerst etwas.`,
    notGenuine:
      'Dieses Formular gehört nicht zu diesem Browser oder stammt von einer früheren Anmeldung. Es wurde nichts geändert.',
    appTitle: 'Authenticator-App hinzufügen',
    appScan: 'Scannen Sie dies mit Ihrer App:',
    appQr: 'QR-Code für Ihre Authenticator-App',
    appType: 'Oder geben Sie diesen Schlüssel darin ein:',
    appName: 'App auf dem Telefon',
    appCode: 'Code, den die App anzeigt',
    appCodeHint: 'Das bestätigt, dass die App den Schlüssel hat.',
    appSubmit: 'App hinzufügen',
    appWrong:
      'Dieser Code passt nicht zu diesem Schlüssel. Prüfen Sie die Uhr Ihres Telefons, und geben Sie den Code ein, der jetzt angezeigt wird.',
    appTooOld: 'Diese Seite war zu lange geöffnet. Scannen Sie den neuen Schlüssel.',
    passkeyTitle: 'Passkey hinzufügen',
    passkeyText:
      'Der Browser fragt Sie, wo er aufbewahrt werden soll: in diesem Gerät, in einem Telefon oder auf einem Sicherheitsschlüssel.',
    passkeyName: 'Mein Passkey',
    passkeySubmit: 'Passkey erzeugen',
    passkeyNeedsScript:
      'Um einen Passkey zu erzeugen, muss der Browser Passkeys haben und auf dieser Seite JavaScript zulassen. Eine Authenticator-App geht auch ohne.',
    passkeyFailed:
      'Es wurde kein Passkey erzeugt. Wenn dieses Gerät oder dieser Schlüssel schon einen für Sie hat, funktioniert dieser.',
    passkeyRefused:
      'Was der Browser gesendet hat, ist kein Passkey für diesen Dienst. Versuchen Sie es noch einmal.',
    passkeyTaken: 'Dieser Passkey ist schon hier.',
    codesTitle: 'Ihre Wiederherstellungscodes',
    codesAsk: 'Ihnen werden einmal 10 Codes angezeigt. Die bisherigen gelten dann nicht mehr.',
    codesShown: html`<strong>Diese Codes werden nur jetzt angezeigt.</strong>
Drucken Sie sie aus, oder schreiben Sie sie auf. Jeder meldet Sie einmal an, anstelle Ihres zweiten Faktors.`,
    codesKept: 'Ich habe sie aufbewahrt',
  },
};

function timeAgo(instantMs: number, nowMs: number): Html {
  const ageSeconds = (nowMs - instantMs) / 1000;
  return renderTime(instantMs, ageSeconds < 5 ? 'gerade eben' : ago(ageSeconds));
}
