import { readFileSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { explainFileError } from '../files/file-error.ts';
import { isLoopback } from '../net/loopback.ts';

export interface Mail {
  /** An address. */
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** What became of a mail. Each is a label of the metric `latchkey_mails_total`. */
export type MailOutcome =
  | 'sent'
  /** It is tried again later. */
  | 'delayed'
  /** The mail server refused it for good, or too often. */
  | 'failed'
  /** Too many mails waited. */
  | 'dropped';

/** A mail was not sent. The message says why, and has no secret. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** Whether the mail server might take it later. */
  readonly isTemporary: boolean;

  constructor(
    message: string,
    { isTemporary, cause }: { readonly isTemporary: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause });
    this.isTemporary = isTemporary;
  }
}

export interface MailerBounds {
  /** The most mails that wait. */
  readonly mostWaiting: number;
  /** Times after which a mail is tried again, one after the other. */
  readonly retryAfterMs: readonly number[];
  /** Time to connect, and to be greeted; and in which the mail server says nothing. */
  readonly timeoutMs: number;
}

const BOUNDS: MailerBounds = {
  mostWaiting: 1000,
  retryAfterMs: [60_000, 5 * 60_000, 30 * 60_000],
  timeoutMs: 15_000,
};

export interface MailReport {
  count(outcome: MailOutcome): void;
  /** @param line - has nothing of the mail */
  warn(line: string): void;
}

/**
 * Sends mail, one at a time, after the answer to whoever caused it. What waits is bounded, and is lost with the process: people are told
 * on pages of what no mail told them. nodemailer is loaded with the first mail.
 */
export class Mailer {
  readonly #smtp: NonNullable<Config['smtp']>;
  readonly #report: MailReport;
  readonly #bounds: MailerBounds;
  readonly #waiting: Queued[] = [];
  readonly #retries = new Set<NodeJS.Timeout>();
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(smtp: NonNullable<Config['smtp']>, report: MailReport, bounds: Partial<MailerBounds> = {}) {
    this.#smtp = smtp;
    this.#report = report;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  /** Sends a mail soon. @param onSent - called once the mail server has taken it */
  enqueue(mail: Mail, onSent: () => void = () => {}): void {
    this.#push({ mail, onSent, tries: 0 });
  }

  /**
   * Sends a mail at once, and once.
   *
   * @throws {MailError}
   */
  async send(mail: Mail): Promise<void> {
    try {
      await this.#deliver(mail);
    } catch (error) {
      this.#report.count('failed');
      throw error;
    }
    this.#report.count('sent');
  }

  /** Stops sending; what waits is lost. The mail that is being sent has a second. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#retries) clearTimeout(timer);
    const lost = this.#waiting.splice(0).length + this.#retries.size;
    if (lost > 0) this.#report.warn(`${lost} mails were not sent, as the server stops`);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 1000);
    });
    await Promise.race([this.#sending, patience]);
    clearTimeout(timer);
  }

  #push(queued: Queued): void {
    if (this.#isClosed) return;
    if (this.#waiting.length + this.#retries.size >= this.#bounds.mostWaiting) {
      this.#report.count('dropped');
      this.#report.warn(`A mail was dropped: ${this.#bounds.mostWaiting} wait already`);
      return;
    }
    this.#waiting.push(queued);
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  async #sendAll(): Promise<void> {
    for (let queued = this.#waiting.shift(); queued !== undefined; queued = this.#waiting.shift()) {
      try {
        await this.#deliver(queued.mail);
        this.#report.count('sent');
        queued.onSent();
      } catch (error) {
        this.#failed(queued, error);
      }
    }
  }

  #failed({ mail, onSent, tries }: Queued, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const waitMs = this.#bounds.retryAfterMs[tries];
    if (waitMs === undefined || this.#isClosed || (error instanceof MailError && !error.isTemporary)) {
      this.#report.count('failed');
      this.#report.warn(`A mail was not sent: ${reason}`);
      return;
    }
    this.#report.count('delayed');
    this.#report.warn(`A mail was not sent, and is tried again in ${Math.ceil(waitMs / 1000)} s: ${reason}`);
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      this.#push({ mail, onSent, tries: tries + 1 });
    }, waitMs).unref();
    this.#retries.add(timer);
  }

  async #deliver({ to, subject, text }: Mail): Promise<void> {
    const { createTransport } = await import('nodemailer');
    const { host, port, isTls, allowUnencrypted, from } = this.#smtp;
    const transport = createTransport({
      ...{ host, port, secure: isTls },
      // Whoever can leave STARTTLS out of the greeting would read the password and the links.
      requireTLS: !isTls && !allowUnencrypted && !isLoopback(host),
      ...{ connectionTimeout: this.#bounds.timeoutMs, greetingTimeout: this.#bounds.timeoutMs },
      ...{ socketTimeout: this.#bounds.timeoutMs, dnsTimeout: this.#bounds.timeoutMs },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      ...this.#readCredentials(),
    });
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw explain(error, `${host}:${port}`);
    } finally {
      transport.close();
    }
  }

  /** Read each time, so that a new password counts at once. */
  #readCredentials(): { readonly auth?: { readonly user: string; readonly pass: string } } {
    const { user, passwordFile } = this.#smtp;
    if (user === undefined || passwordFile === undefined) return {};
    try {
      return { auth: { user, pass: readFileSync(passwordFile, 'utf8').replace(/\r?\n$/, '') } };
    } catch (error) {
      throw new MailError(`${passwordFile} cannot be read: ${explainFileError(error)}`, {
        isTemporary: true,
        cause: error,
      });
    }
  }
}

interface Queued {
  readonly mail: Mail;
  readonly onSent: () => void;
  readonly tries: number;
}

/** Says what the mail server said, which has nothing of the mail but perhaps the address. */
function explain(error: unknown, server: string): MailError {
  const {
    message = String(error),
    code,
    responseCode,
  } = error as {
    readonly message?: string;
    readonly code?: string;
    readonly responseCode?: number;
  };
  const isTemporary = !(code === 'EAUTH' || (responseCode !== undefined && responseCode >= 500));
  const said = message.split('\n')[0] ?? '';
  return new MailError(`${server} did not take it: ${said}`, { isTemporary, cause: error });
}
