import type { WireResponse } from '@latchkey/wire';
import { html } from 'hono/html';
import { addTotp, MOST_FACTORS } from '../../factors/own-factors.ts';
import { describeTotpSecret } from '../../factors/totp.ts';
import { issueTotpEnrolment, readTotpEnrolment } from '../../factors/totp-enrolment.ts';
import { parseForm } from '../form.ts';
import { renderProblem } from '../notice.ts';
import { renderQrCode } from '../qr-code.ts';
import { renderPage, type Visit } from '../visit.ts';
import {
  type ChangeVisit,
  changeToken,
  forChange,
  isGenuineChange,
  parseName,
  renderReturn,
} from './change-visit.ts';
import { goOnWith } from './go-on-with.ts';

const PATH = '/me/security/totp';

/** Shows a new secret, as a QR code and as text. */
export function GET(visit: Visit): Promise<WireResponse> {
  return forChange(visit, PATH, (changing) => renderEnrolment(changing));
}

/** Adds the app, if its code goes with the secret. */
export function POST(visit: Visit): Promise<WireResponse> {
  const fields = parseForm(visit.request);
  return forChange(visit, PATH, async (changing) => {
    const { context, request, signedIn, language } = changing;
    const messages = language.messages.security;
    const given = { enrolment: fields.get('enrolment') ?? '', name: fields.get('name') ?? '' };
    if (!isGenuineChange(changing, fields, 'totp')) {
      return renderEnrolment(changing, { problem: messages.notGenuine, status: 403 });
    }
    const name = parseName(fields);
    if (name === undefined) {
      return renderEnrolment(changing, { ...given, problem: messages.nameMissing, status: 400 });
    }
    const owner = { session: signedIn.session, origin: request.origin };
    const code = fields.get('code') ?? '';
    switch (await addTotp(context, owner, { enrolment: given.enrolment, code, name })) {
      case 'added':
        return goOnWith(changing, 'totp');
      case 'wrongCode':
        return renderEnrolment(changing, { ...given, problem: messages.appWrong, status: 403 });
      case 'tooMany':
        return renderEnrolment(changing, { ...given, problem: messages.tooMany(MOST_FACTORS), status: 409 });
      case 'tooOld':
        return renderEnrolment(changing, { name, problem: messages.appTooOld, status: 403 });
    }
  });
}

/** @param before - what the person sent: the same secret is shown again */
async function renderEnrolment(
  visit: ChangeVisit,
  before: {
    readonly enrolment?: string;
    readonly name?: string;
    readonly problem?: string;
    readonly status?: number;
  } = {},
): Promise<WireResponse> {
  const { context, language, signedIn } = visit;
  const messages = language.messages.security;
  const { user } = signedIn.session;
  const enrolment =
    (await readTotpEnrolment(context, user, before.enrolment ?? '')) ?? issueTotpEnrolment(context, user);
  const { uri, text } = await describeTotpSecret(context, user, enrolment.secret);
  const { problem, name = messages.appName, status } = before;
  return renderPage(visit, {
    title: messages.appTitle,
    ...(status !== undefined && { status }),
    main: html`<h1>${messages.appTitle}</h1>
<form class="card" method="post" action="${PATH}">
${renderProblem(problem)}
<input type="hidden" name="form_token" value="${changeToken(visit, 'totp')}">
${renderReturn(visit)}
<input type="hidden" name="enrolment" value="${enrolment.value}">
<p>${messages.appScan}</p>
${await renderQrCode(uri, messages.appQr)}
<p>${messages.appType}</p>
<p><code class="key">${text}</code></p>
<label for="name">${messages.name}</label>
<input id="name" name="name" value="${name}" required maxlength="64" dir="auto" aria-describedby="name-hint">
<p class="hint" id="name-hint">${messages.nameHint}</p>
<label for="code">${messages.appCode}</label>
<input class="code-input" id="code" name="code" required inputmode="numeric" autocomplete="one-time-code" maxlength="16" aria-describedby="${problem !== undefined && 'problem '}code-hint"${problem !== undefined && html` aria-invalid="true" autofocus`}>
<p class="hint" id="code-hint">${messages.appCodeHint}</p>
<button class="primary">${messages.appSubmit}</button>
</form>
<p><a href="/me/security">${messages.back}</a></p>`,
  });
}
