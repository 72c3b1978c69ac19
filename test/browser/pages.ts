import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { CommandedLatchkey } from '../../packages/server/src/fixtures/start-with-commands.ts';
import type { LanguageTag } from '../../packages/server/src/language-tags.ts';
import type { LinkPurpose } from '../../packages/server/src/store/port/links.ts';
import type { Messages } from '../../packages/server/src/web/messages/english.ts';
import { languages } from '../../packages/server/src/web/messages/languages.ts';
import {
  authorizePath,
  type Client,
  pollForToken,
  registerClient,
  startDeviceAuthorization,
} from '../../packages/server/src/web/testing/client.ts';
import { addApp, typePassword } from '../../packages/server/src/web/testing/factors.ts';
import { PlainBrowser } from '../../packages/server/src/web/testing/plain-browser.ts';
import { follow } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, DEVICE_ADDRESS, PASSWORD, signIn } from './instance.ts';

/** A page in one of its states, and how to get there. */
export interface PageState {
  readonly name: string;
  /** Who is signed in. */
  readonly user?: string;
  readonly open: (page: Page, visit: Visit) => Promise<unknown>;
}

export interface Visit {
  readonly latchkey: CommandedLatchkey;
  readonly client: Client;
  /** Of a program on another computer. */
  readonly redirectUri?: string;
  /** Of a device that asks. */
  readonly userAgent?: string;
  /** A user name that nobody has. */
  readonly stranger?: string;
  /** What the browser asks for. Default `en`. */
  readonly language?: LanguageTag;
}

const REMOTE = 'https://tool.example.com/callback';

/** Every page people see, in every state that looks different. */
export const pageStates: readonly PageState[] = [
  { name: 'sign-in', open: goTo('/sign-in?to=%2Fdevice') },
  {
    name: 'sign-in-wrong',
    open: (page, visit) => guessPassword(page, visit, { userName: 'alice', times: 1 }),
  },
  {
    name: 'sign-in-limited',
    open: (page, visit) => guessPassword(page, visit, { userName: visit.stranger ?? 'mallory', times: 3 }),
  },
  { name: 'sign-in-out-of-date', open: sendOutdatedForm },
  {
    name: 'sign-in-hand-over',
    async open(page, visit) {
      await openDeviceRequest(page, visit);
      await page.locator('summary').click();
    },
  },
  { name: 'sign-in-people', user: 'alice', open: openAmongPeople },
  { name: 'sign-in-again', user: 'alice', open: goTo('/sign-in?to=%2Fdevice') },
  { name: 'code-entry', user: 'alice', open: goTo('/device') },
  { name: 'code-unknown', user: 'alice', open: goTo('/device?user_code=BCDF-GHJK') },
  { name: 'code-mistyped', user: 'alice', open: goTo('/device?user_code=%D0%92CDF-GHJK') },
  { name: 'code-limited', user: 'bob', open: guessUserCodes },
  { name: 'device', user: 'alice', open: (page, visit) => openDeviceRequest(page, visit) },
  {
    name: 'device-elsewhere',
    user: 'alice',
    open: (page, visit) => openDeviceRequest(page, visit, DEVICE_ADDRESS),
  },
  { name: 'device-elsewhere-wrong', user: 'alice', open: (page, visit) => guessEnding(page, visit, 1) },
  { name: 'device-elsewhere-limited', user: 'bob', open: (page, visit) => guessEnding(page, visit, 3) },
  {
    name: 'device-network-unknown',
    user: 'alice',
    open: (page, visit) => openDeviceRequest(page, visit, '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'),
  },
  { name: 'device-refused', user: 'one', open: (page, visit) => openDeviceRequest(page, visit) },
  {
    name: 'device-sign-in-again',
    user: 'alice',
    async open(page, visit) {
      visit.latchkey.clock.advance({ hours: 3 });
      await openDeviceRequest(page, visit);
    },
  },
  { name: 'device-linked', user: 'alice', open: followForeignLink },
  { name: 'device-link-damaged', user: 'alice', open: goTo('/device?request=AAAA') },
  { name: 'device-answered-before', user: 'alice', open: answerTwice },
  { name: 'device-allowed', user: 'alice', open: answerDevice('allow') },
  { name: 'taken-back', user: 'alice', open: takeBack },
  { name: 'device-denied', user: 'alice', open: answerDevice('deny') },
  {
    name: 'consent',
    user: 'alice',
    open: (page, { latchkey, client }) => page.goto(latchkey.url + authorizePath(client)),
  },
  { name: 'consent-answered-before', user: 'alice', open: comeBackToConsent },
  { name: 'consent-elsewhere', user: 'alice', open: openRemoteConsent },
  { name: 'consent-elsewhere-wrong', user: 'alice', open: guessHost },
  {
    name: 'consent-elsewhere-own-letters',
    user: 'alice',
    open: (page, visit) =>
      openRemoteConsent(page, { ...visit, redirectUri: 'https://xn--bcher-kva.example/cb' }),
  },
  { name: 'consent-refused', user: 'alice', open: openRefusal },
  { name: 'portal', user: 'alice', open: goTo('/') },
  { name: 'portal-empty', user: 'bob', open: goTo('/') },
  { name: 'portal-one-account', user: 'one', open: goTo('/') },
  { name: 'portal-many-roles', user: 'carol', open: goTo('/?account=200000000000#account') },
  { name: 'portal-next-page', user: 'carol', open: goTo('/?after=200000000049&account=200000000060') },
  { name: 'portal-found', user: 'carol', open: goTo('/?q=000000011') },
  { name: 'portal-nothing-found', user: 'carol', open: goTo('/?q=nowhere') },
  { name: 'portal-by-id', user: 'dave', open: goTo('/?after=200000000049') },
  { name: 'portal-not-assigned', user: 'alice', open: goTo('/?account=999999999999') },
  ...(['sign-in', 'password', 'factor'] as const).map((purpose) => ({
    name: `link-${purpose}`,
    open: (page: Page, visit: Visit) => openLink(page, visit, purpose),
  })),
  { name: 'link-wrong', open: fillLinkWrongly },
  { name: 'told', open: signInToBeTold },
  { name: 'link-ended', user: 'alice', open: goTo('/link?token=none') },
  { name: 'sessions', user: 'alice', open: openSessions },
  {
    name: 'sessions-long-ago',
    user: 'alice',
    async open(page, visit) {
      visit.latchkey.clock.advance({ hours: 1 });
      await openSessions(page, visit);
    },
  },
  { name: 'sessions-refused', user: 'alice', open: sendForgedEnd },
  { name: 'sign-in-for-sessions', user: 'alice', open: goTo('/sign-in?to=%2Fme&user_name=alice') },
  { name: 'security', user: 'alice', open: goTo('/me/security') },
  { name: 'security-password-of-file', user: 'alice', open: goTo('/me/security/password') },
  { name: 'security-password', user: 'one', open: goTo('/me/security/password') },
  { name: 'security-totp', user: 'alice', open: goTo('/me/security/totp') },
  { name: 'security-totp-wrong', user: 'alice', open: confirmAppWrongly },
  { name: 'security-passkey', user: 'alice', open: goTo('/me/security/passkey') },
  { name: 'security-with-app', user: 'dave', open: withApp('/me/security') },
  { name: 'security-recovery-codes', user: 'dave', open: withApp('/me/security/recovery-codes') },
  { name: 'policy-set-up-factor', user: 'second-factor', open: goTo('/') },
  { name: 'policy-set-up-passkey', user: 'passkey', open: goTo('/') },
  { name: 'policy-network', user: 'office', open: goTo('/') },
  {
    name: 'policy-consent',
    user: 'soon',
    async open(page, { latchkey, client }) {
      latchkey.clock.advance({ minutes: 5 });
      await page.goto(latchkey.url + authorizePath(client));
    },
  },
  {
    name: 'step-up',
    user: 'alice',
    async open(page, { latchkey }) {
      latchkey.clock.advance({ hours: 1 });
      await page.goto(`${latchkey.url}/step-up?role=AdministratorAccess`);
    },
  },
  { name: 'stepped-up', user: 'alice', open: goTo('/step-up?role=AdministratorAccess') },
  { name: 'sign-out', user: 'alice', open: goTo('/sign-out') },
  { name: 'sign-out-refused', user: 'alice', open: sendForgedSignOut },
  { name: 'signed-out', open: goTo('/sign-out') },
  { name: 'not-found', open: goTo('/nowhere') },
  { name: 'bad-request', user: 'alice', open: goTo('/authorize') },
];

/** Opens a page as the user it is for. */
export async function openPageState(state: PageState, page: Page, visit: Visit): Promise<void> {
  await page.context().clearCookies();
  if (state.user !== undefined) await signIn(visit.latchkey, page.context(), state.user);
  await state.open(page, visit);
}

/** What the page says in the language of the visit. */
function wordsOf({ language = 'en' }: Visit): Messages {
  return languages[language].messages;
}

function goTo(path: string): PageState['open'] {
  return (page, { latchkey }) => page.goto(latchkey.url + path);
}

async function confirmAppWrongly(page: Page, visit: Visit) {
  const { security } = wordsOf(visit);
  await page.goto(`${visit.latchkey.url}/me/security/totp`);
  await page.getByLabel(security.appCode).fill('none');
  await follow(page, page.getByRole('button', { name: security.appSubmit }));
}

/** Opens a page as a person who has an app, and has just signed in with it. */
function withApp(path: string): PageState['open'] {
  return async (page, { latchkey }) => {
    const { cookie } = await latchkey.signIn('dave', { factors: ['password', 'totp'] });
    const browser = new PlainBrowser(latchkey);
    browser.setCookie(cookie);
    if (!(await browser.get('/me/security')).text.includes('class="factor"')) await addApp(latchkey, browser);
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url: latchkey.url }]);
    await page.goto(latchkey.url + path);
  };
}

async function guessPassword(page: Page, visit: Visit, guess: { userName: string; times: number }) {
  const { latchkey } = visit;
  const { signIn: signInWords } = wordsOf(visit);
  latchkey.clock.advance({ hours: 1 }); // forgets earlier guesses
  await page.goto(`${latchkey.url}/sign-in`);
  for (let tries = 0; tries < guess.times; tries += 1) {
    await page.getByLabel(signInWords.userName).fill(guess.userName);
    await page.getByLabel(signInWords.password).fill('guess');
    await follow(page, page.getByRole('button', { name: signInWords.submit }));
  }
}

async function guessUserCodes(page: Page, { latchkey }: Visit) {
  for (const code of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM']) {
    await page.goto(`${latchkey.url}/device?user_code=${code}`);
  }
}

/** @returns the end of the user code */
async function openDeviceRequest(
  page: Page,
  { latchkey, client, userAgent }: Visit,
  address = BROWSER_ADDRESS,
) {
  const { verificationUriComplete, userCode } = await startDeviceAuthorization(latchkey, client, {
    'x-forwarded-for': address,
    ...(userAgent !== undefined && { 'user-agent': userAgent }),
  });
  await page.goto(verificationUriComplete);
  return userCode.slice(-4);
}

async function openRemoteConsent(page: Page, { latchkey, redirectUri = REMOTE }: Visit) {
  const client = await registerClient(latchkey, { redirectUri });
  await page.goto(latchkey.url + authorizePath(client, { redirect_uri: redirectUri }));
}

async function guessEnding(page: Page, visit: Visit, times: number) {
  visit.latchkey.clock.advance({ hours: 1 }); // forgets earlier guesses
  await openDeviceRequest(page, visit, DEVICE_ADDRESS);
  for (let tries = 0; tries < times; tries += 1) await allowDevice(page, visit, 'BCDF');
}

async function guessHost(page: Page, visit: Visit) {
  visit.latchkey.clock.advance({ hours: 1 }); // forgets earlier guesses
  await openRemoteConsent(page, visit);
  const { consent, question } = wordsOf(visit);
  await page.getByLabel(consent.typeHost).fill('tool.example');
  await follow(page, page.getByRole('button', { name: question.allow }));
}

/** Types the end of the user code, and presses “Allow”. */
async function allowDevice(page: Page, visit: Visit, ending: string) {
  const { device, question } = wordsOf(visit);
  await page.getByLabel(device.typeEnding).fill(ending);
  await follow(page, page.getByRole('button', { name: question.allow }));
}

/** Opens the sign-in page in a browser in which other people are signed in, too. */
async function openAmongPeople(page: Page, { latchkey }: Visit) {
  for (const [index, userName] of ['bob', 'one'].entries()) {
    const { cookie } = await latchkey.signIn(userName);
    const [name = '', value = ''] = cookie.split('=');
    const aside = `${name.replace('_session_', '_aside_')}_0000000${index}`;
    await page.context().addCookies([{ name: aside, value, url: latchkey.url }]);
  }
  await page.goto(`${latchkey.url}/sign-in?to=%2Fdevice`);
}

/** Follows a link on a page that is not ours. */
async function followForeignLink(page: Page, { latchkey, client }: Visit) {
  const { verificationUriComplete } = await startDeviceAuthorization(latchkey, client);
  await page.goto('about:blank');
  await page.setContent(`<a href="${verificationUriComplete}">a prize</a>`);
  await follow(page, page.getByRole('link'));
  await page.waitForURL(`${latchkey.url}/**`);
}

async function openRefusal(page: Page, { latchkey, redirectUri = REMOTE }: Visit) {
  const client = await registerClient(latchkey, { redirectUri });
  const changes = { redirect_uri: redirectUri, code_challenge_method: 'plain' };
  await page.goto(latchkey.url + authorizePath(client, changes));
}

async function sendOutdatedForm(page: Page, visit: Visit) {
  const { latchkey } = visit;
  const { signIn: signInWords } = wordsOf(visit);
  await page.goto(`${latchkey.url}/sign-in?to=%2Fdevice`);
  latchkey.clock.advance({ hours: 13 });
  await page.getByLabel(signInWords.userName).fill('alice');
  await page.getByLabel(signInWords.password).fill('guess');
  await follow(page, page.getByRole('button', { name: signInWords.submit }));
}

async function sendForgedSignOut(page: Page, visit: Visit) {
  const { latchkey } = visit;
  await page.goto(`${latchkey.url}/sign-out`);
  await page.evaluate(`document.querySelector('main [name=form_token]').value = 'forged'`);
  await follow(page, page.getByRole('main').getByRole('button', { name: wordsOf(visit).signOut.submit }));
}

/** Opens a one-time link of somebody who has a password. */
async function openLink(page: Page, { latchkey }: Visit, purpose: LinkPurpose) {
  const userId = await latchkey.addPerson(`linked-${randomUUID().slice(0, 8)}`, { password: PASSWORD });
  const link = { userId, purpose, lifetimeSeconds: 3600, actor: 'command:test' };
  const made = await latchkey.commands.makeLink(link);
  if (made.kind !== 'made' || made.url === undefined)
    throw new Error(`No link was made: ${JSON.stringify(made)}`);
  await page.goto(made.url);
}

/** Types two passwords that differ. */
async function fillLinkWrongly(page: Page, visit: Visit) {
  await openLink(page, visit, 'password');
  const fields = page.locator('input[type=password]');
  await fields.nth(0).fill('vertical lamp orchard');
  await fields.nth(1).fill('vertical lamp meadow');
  await follow(page, page.locator('main form button'));
}

/** Signs in somebody who is told of two sign-ins with browsers that were new. */
async function signInToBeTold(page: Page, { latchkey }: Visit) {
  const userName = `told-${randomUUID().slice(0, 8)}`;
  await latchkey.addPerson(userName, { password: PASSWORD });
  for (let browsers = 0; browsers < 2; browsers += 1) {
    await typePassword(new PlainBrowser(latchkey), { userName, password: PASSWORD });
  }
  latchkey.clock.advance({ hours: 2 });
  await signIn(latchkey, page.context(), userName);
  await page.goto(latchkey.url);
}

/** Opens the person's sessions while programs and other browsers of theirs are there. */
async function openSessions(page: Page, { latchkey, client }: Visit) {
  for (let programs = 0; programs < 2; programs += 1) {
    const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
    await latchkey.approve(userCode, 'alice');
    await pollForToken(latchkey, client, deviceCode);
  }
  await page.goto(`${latchkey.url}/me`);
}

async function sendForgedEnd(page: Page, visit: Visit) {
  await openSessions(page, visit);
  const { sessions } = wordsOf(visit);
  await page.evaluate(
    `for (const field of document.querySelectorAll('main [name=form_token]')) field.value = 'x'`,
  );
  await follow(page, page.getByRole('button', { name: sessions.submitEverywhere }));
}

function answerDevice(button: 'allow' | 'deny'): PageState['open'] {
  return async (page, visit) => {
    const ending = await openDeviceRequest(page, visit);
    if (button === 'allow') await allowDevice(page, visit, ending);
    else await follow(page, page.getByRole('button', { name: wordsOf(visit).question.deny }));
  };
}

/** Allows a device, and presses “That wasn’t me”. */
async function takeBack(page: Page, visit: Visit) {
  await allowDevice(page, visit, await openDeviceRequest(page, visit));
  await follow(page, page.getByRole('button', { name: wordsOf(visit).takeBack.submit }));
}

/** Opens a device request that is denied elsewhere in the meantime, and presses “Allow”. */
async function answerTwice(page: Page, visit: Visit) {
  const ending = await openDeviceRequest(page, visit);
  await answerElsewhere(page, 'deny');
  await allowDevice(page, visit, ending);
}

async function comeBackToConsent(page: Page, { latchkey, client }: Visit) {
  await page.goto(latchkey.url + authorizePath(client));
  await answerElsewhere(page, 'allow');
  await page.reload();
}

/** Sends the form of the page as another tab of the same browser would. */
async function answerElsewhere(page: Page, decision: 'allow' | 'deny') {
  const form = page.locator('main form').first();
  const fields = await form
    .locator('input')
    .evaluateAll((inputs) =>
      inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']),
    );
  const action = new URL((await form.getAttribute('action')) ?? '', page.url()).href;
  await page.request.post(action, { form: { ...Object.fromEntries(fields), decision }, maxRedirects: 0 });
}
