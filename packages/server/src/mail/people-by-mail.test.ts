import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CommandedLatchkey, startWithCommands } from '../fixtures/start-with-commands.ts';
import { pollForToken, registerClient, startDeviceAuthorization } from '../web/testing/client.ts';
import { addApp, typePassword } from '../web/testing/factors.ts';
import { PlainBrowser } from '../web/testing/plain-browser.ts';
import { type ReceivedMail, type SmtpStand, startSmtp } from './testing/smtp-stand.ts';

const PASSWORD = 'correct horse battery';
let smtp: SmtpStand;
let latchkey: CommandedLatchkey;
let aliceId: string;

before(async () => {
  smtp = await startSmtp();
  latchkey = await startWithCommands({
    settings: {
      smtp: { url: `smtp://127.0.0.1:${smtp.port}`, from: 'Sign-in <sso@example.com>' },
      branding: { name: 'Sandbox' },
    },
  });
  aliceId = await latchkey.addPerson('alice', {
    password: PASSWORD,
    displayName: 'Alice',
    email: 'alice@example.com',
  });
});
after(async () => {
  await latchkey.close();
  await smtp[Symbol.asyncDispose]();
});

const NEW_BROWSER = 'sign-in with a new browser';

/** The next mail with a subject. Mails of what happened before may still come in. */
async function nextMail(subject: string, act: () => Promise<unknown>): Promise<ReceivedMail> {
  let index = smtp.received.length;
  await act();
  for (;;) {
    const mail = await smtp.mail(index);
    if (mail.headers.get('subject') === `Sandbox: ${subject}`) return mail;
    index += 1;
  }
}

test('a sign-in with a new browser is told by mail, and the next one with it is not', async () => {
  const browser = new PlainBrowser(latchkey);
  const mail = await nextMail(NEW_BROWSER, () =>
    typePassword(browser, { userName: 'alice', password: PASSWORD }),
  );
  assert.deepEqual(mail.to, ['alice@example.com']);
  assert.match(
    mail.body,
    /^Hello Alice,\n\nYou signed in with a browser that was new: .*, from 127\.0\.0\.1\.\n\nWhen: \d{4}-/,
  );
  assert.ok(mail.body.includes(`end what is not yours at ${latchkey.url}/me`));
  const { hidden } = await browser.get('/sign-out');
  await browser.post('/sign-out', hidden);
  await nextMail('a way to sign in was added', async () => {
    await typePassword(browser, { userName: 'alice', password: PASSWORD });
    await addApp(latchkey, browser);
  });
  const ofBrowsers = smtp.received.filter(({ headers }) => headers.get('subject')?.endsWith(NEW_BROWSER));
  assert.equal(ofBrowsers.length, 1);
});

test('a device that was allowed is told by mail, whose address ends it at once, by POST', async () => {
  const client = await registerClient(latchkey);
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
  const mail = await nextMail('a device was allowed', () => latchkey.approve(userCode, 'alice'));
  const [url = ''] = /http:\S+\/not-me\?token=\S+/.exec(mail.body) ?? [];
  const path = url.slice(latchkey.url.length);
  const browser = new PlainBrowser(latchkey);
  const page = await browser.get(path);
  assert.equal(page.status, 200);
  assert.match(page.text, /That wasn’t me/);
  assert.equal((await new PlainBrowser(latchkey).post('/not-me', page.hidden)).status, 200);
  assert.equal(
    await pollForToken(latchkey, client, deviceCode),
    'granted',
    'of another browser, the form does nothing',
  );
  const ended = await browser.post('/not-me', page.hidden);
  assert.match(ended.text, /Nothing that it got works any more/);
  assert.match((await signedInAlice()).text, /No program acts for you/);
  const genuine = path.split('token=')[1] ?? '';
  const forged = genuine.replace(/[\w-](?=[\w-]{42}$)/, (first) => (first === 'A' ? 'B' : 'A'));
  const respelt = genuine.replace(/\w$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1));
  assert.notEqual(forged, genuine);
  for (const token of ['', forged, respelt, 'x']) {
    assert.equal((await browser.get(`/not-me?token=${token}`)).status, 404);
  }
  latchkey.clock.advance({ hours: 91 * 24 });
  assert.equal((await browser.get(path)).status, 404, 'after the longest life of a session');
});

async function signedInAlice() {
  const browser = new PlainBrowser(latchkey);
  browser.setCookie((await latchkey.signIn('alice')).cookie);
  return browser.get('/me');
}

test('what a mail told is not told again on pages, and what no mail told is', async () => {
  const carolId = await latchkey.addPerson('carol', { password: PASSWORD });
  await nextMail('your ways to sign in were removed', async () => {
    await latchkey.change({ kind: 'setPassword', userId: carolId, hash: null });
    await latchkey.change({ kind: 'resetFactors', userId: aliceId });
  });
  latchkey.clock.advance({ minutes: 1 });
  const portalOf = async (userName: string) => {
    const browser = new PlainBrowser(latchkey);
    browser.setCookie((await latchkey.signIn(userName)).cookie);
    return { browser, text: (await browser.get('/')).text };
  };
  let alice = await portalOf('alice');
  // The mail was taken; that it was is noted right after it.
  while (alice.text.includes('removed your passkeys')) alice = await portalOf('alice');
  assert.match((await alice.browser.get('/me')).text, /removed your passkeys/, 'among what happened lately');
  const carol = await portalOf('carol');
  assert.match(carol.text, /Since you signed in before:[\s\S]*Whoever runs this service set your password/);
  assert.match((await carol.browser.get('/me')).text, /set your password/);
  assert.doesNotMatch((await carol.browser.get('/')).text, /Since you signed in before/, 'carol has seen it');
});

test('a one-time link goes out by mail, to whoever has an address, and nobody else sees it', async () => {
  const link = {
    userId: aliceId,
    purpose: 'sign-in',
    lifetimeSeconds: 3600,
    actor: 'command:test',
    byMail: true,
  } as const;
  const mail = await nextMail('a link to sign in', async () => {
    const made = await latchkey.commands.makeLink(link);
    assert.deepEqual(Object.keys(made), ['kind', 'mailedTo', 'expiresAtMs']);
  });
  const [url = ''] = /http:\S+\/link\?token=\S+/.exec(mail.body) ?? [];
  assert.equal((await new PlainBrowser(latchkey).get(url.slice(latchkey.url.length))).status, 200);
  const daveId = await latchkey.addPerson('dave', { password: PASSWORD });
  assert.deepEqual(await latchkey.commands.makeLink({ ...link, userId: daveId }), {
    kind: 'refused',
    why: 'noAddress',
  });
});

test('a link that the mail server does not take is taken back, and whoever asks for it is told why', async () => {
  await using refusing = await startSmtp({
    onRcptTo: (_, __, callback) =>
      callback(Object.assign(new Error('No such mailbox'), { responseCode: 550 })),
  });
  await using other = await startWithCommands({
    settings: { smtp: { url: `smtp://127.0.0.1:${refusing.port}`, from: 'sso@example.com', language: 'de' } },
  });
  const userId = await other.addPerson('erin', { email: 'erin@example.com' });
  const link = {
    userId,
    purpose: 'sign-in',
    lifetimeSeconds: 3600,
    actor: 'command:test',
    byMail: true,
  } as const;
  const made = await other.commands.makeLink(link);
  assert.ok(made.kind === 'refused' && made.why === 'notSent');
  assert.match(made.reason ?? '', /did not take it: .*No such mailbox/);
  assert.equal(await other.commands.findLinkOf(userId), null);
});

test('without a mail server, no link is sent, and nothing says that one was', async () => {
  await using other = await startWithCommands();
  const userId = await other.addPerson('erin', { email: 'erin@example.com' });
  const link = {
    userId,
    purpose: 'sign-in',
    lifetimeSeconds: 3600,
    actor: 'command:test',
    byMail: true,
  } as const;
  assert.deepEqual(await other.commands.makeLink(link), { kind: 'refused', why: 'noMail' });
});

test('mail says nothing that strangers could make an address of', async () => {
  const client = await registerClient(latchkey, { clientName: 'Visit https://evil.example now' });
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const mail = await nextMail('a device was allowed', () => latchkey.approve(userCode, 'alice'));
  assert.doesNotMatch(mail.body, /evil/);
  assert.match(mail.body, /You allowed a device: A program without a name/);
});
