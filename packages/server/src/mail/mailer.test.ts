import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Config } from '../config/config.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { Mailer, type MailerBounds, type MailOutcome } from './mailer.ts';
import { startSmtp } from './testing/smtp-stand.ts';

const mail = {
  to: 'alice@example.com',
  subject: 'Zwölf Küken',
  text: 'Guten Tag,\n\nhttps://sso.example.com/x',
};

interface Start extends Partial<MailerBounds> {
  readonly smtp?: Partial<NonNullable<Config['smtp']>>;
}

/** A mailer, and what it reports. `next` resolves with the next outcome. */
function startMailer(port: number, { smtp, ...bounds }: Start = {}) {
  const outcomes: MailOutcome[] = [];
  const lines: string[] = [];
  let wake = Promise.withResolvers<void>();
  const mailer = new Mailer(
    {
      ...{ host: '127.0.0.1', port, isTls: false, from: 'Latchkey <latchkey@example.com>' },
      ...{ language: 'en', allowUnencrypted: false },
      ...smtp,
    },
    {
      count(outcome) {
        outcomes.push(outcome);
        wake.resolve();
      },
      warn: (line) => void lines.push(line),
    },
    { retryAfterMs: [1, 1], ...bounds },
  );
  return {
    mailer,
    outcomes,
    lines,
    async outcomesOf(count: number) {
      while (outcomes.length < count) {
        await wake.promise;
        wake = Promise.withResolvers();
      }
      return outcomes;
    },
  };
}

/** What a mail server answers that takes mails later. */
function notNow(): Error {
  return Object.assign(new Error('Not now'), { responseCode: 451 });
}

test('a mail arrives as it was written, from the sender of the configuration', async () => {
  await using smtp = await startSmtp();
  const { mailer, outcomesOf } = startMailer(smtp.port);
  const sent = Promise.withResolvers<void>();
  mailer.enqueue(mail, sent.resolve);
  await sent.promise;
  const got = await smtp.mail(0);
  assert.deepEqual([got.from, got.to, got.body], ['latchkey@example.com', [mail.to], mail.text]);
  assert.equal(got.headers.get('from'), 'Latchkey <latchkey@example.com>');
  assert.equal(got.headers.get('auto-submitted'), 'auto-generated');
  assert.match(got.headers.get('subject') ?? '', /^=\?UTF-8\?/);
  assert.deepEqual(await outcomesOf(1), ['sent']);
  await mailer.close();
});

test('a mail that the server cannot take now is tried again, and one that it refuses for good is not', async () => {
  let tries = 0;
  await using smtp = await startSmtp({
    onRcptTo({ address }, _session, callback) {
      tries += 1;
      const isGone = address === 'gone@example.com';
      const error = Object.assign(new Error('Not now'), { responseCode: isGone ? 550 : 451 });
      callback(isGone || tries < 3 ? error : null);
    },
  });
  const { mailer, outcomesOf, lines } = startMailer(smtp.port);
  mailer.enqueue(mail);
  await smtp.mail(0);
  assert.deepEqual(await outcomesOf(3), ['delayed', 'delayed', 'sent']);
  mailer.enqueue({ ...mail, to: 'gone@example.com' });
  assert.equal((await outcomesOf(4)).at(-1), 'failed');
  assert.match(lines.at(-1) ?? '', /^A mail was not sent: 127\.0\.0\.1:\d+ did not take it: .*550/);
  assert.doesNotMatch(lines.join(), /sso\.example\.com|Guten Tag/, 'nothing of the mail is in the log');
  await mailer.close();
});

test('a mail is given up after the last try, and the log says so', async () => {
  await using smtp = await startSmtp({ onRcptTo: (_, __, callback) => callback(notNow()) });
  const { mailer, outcomesOf, lines } = startMailer(smtp.port);
  mailer.enqueue(mail);
  assert.deepEqual(await outcomesOf(3), ['delayed', 'delayed', 'failed']);
  assert.equal(lines.length, 3);
  await mailer.close();
});

test('mails that wait are bounded', async () => {
  await using smtp = await startSmtp();
  const { mailer, outcomesOf, lines } = startMailer(smtp.port, { mostWaiting: 2 });
  // One is being sent, two wait, and two find no room.
  for (let count = 0; count < 5; count += 1) mailer.enqueue(mail);
  assert.deepEqual((await outcomesOf(5)).toSorted(), ['dropped', 'dropped', 'sent', 'sent', 'sent']);
  assert.match(lines[0] ?? '', /^A mail was dropped: 2 wait already$/);
  await mailer.close();
});

test('a server that says nothing is given up after the time for it', async () => {
  const silent = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  // wall-clock: nodemailer has timers of its own; nothing comes in however long the time is
  const { mailer } = startMailer(port, { timeoutMs: 20 });
  await assert.rejects(mailer.send(mail), {
    name: 'MailError',
    message: /did not take it: .*Greeting|timeout/i,
  });
  await mailer.close();
  silent.close();
});

test('nothing is sent to another machine without encryption, nor a password', async () => {
  await using smtp = await startSmtp({
    onAuth: (_auth, _session, callback) => callback(null, { user: 'x' }),
  });
  // This machine, by an address that is none of loopback.
  const { mailer } = startMailer(smtp.port, { smtp: { host: '0.0.0.0' } });
  await assert.rejects(mailer.send(mail), /did not take it: .*STARTTLS/);
  assert.equal(smtp.received.length, 0);
  await mailer.close();
});

test('the mailer signs in with the password of its file, which is read for each mail', async () => {
  using folder = temporaryFolder();
  const passwordFile = join(folder.path, 'password');
  await using smtp = await startSmtp({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, callback) {
      if (password === 'swordfish') callback(null, { user: username });
      else callback(new Error('Wrong password'));
    },
  });
  const { mailer, lines } = startMailer(smtp.port, { smtp: { user: 'latchkey', passwordFile } });
  await assert.rejects(mailer.send(mail), /password cannot be read/);
  writeFileSync(passwordFile, 'wrong\n');
  await assert.rejects(mailer.send(mail), /did not take it: Invalid login/);
  writeFileSync(passwordFile, 'swordfish\n');
  await mailer.send(mail);
  assert.equal((await smtp.mail(0)).user, 'latchkey');
  assert.doesNotMatch(lines.join(), /swordfish|wrong/);
  await mailer.close();
});

test('a mailer that is closed sends nothing more, and says how much was lost', async () => {
  await using smtp = await startSmtp({ onRcptTo: (_, __, callback) => callback(notNow()) });
  const { mailer, outcomesOf, lines } = startMailer(smtp.port, { retryAfterMs: [3_600_000] });
  mailer.enqueue(mail);
  await outcomesOf(1);
  await mailer.close();
  assert.equal(lines.at(-1), '1 mails were not sent, as the server stops');
  mailer.enqueue(mail);
  assert.equal(smtp.received.length, 0);
});
