import type { Config } from '../config/config.ts';
import type { UserEntry } from '../store/port/directory.ts';
import type { LinkPurpose } from '../store/port/links.ts';
import { languages } from '../web/messages/languages.ts';
import { addressOf, timeOf } from './mail-parts.ts';
import type { Mailer } from './mailer.ts';

/** Sends one-time links. */
export interface LinkMail {
  /**
   * Sends a link to a person who has an address, at once.
   *
   * @throws {MailError} when the mail server does not take it
   */
  send(
    user: UserEntry,
    link: { readonly url: string; readonly purpose: LinkPurpose; readonly expiresAtMs: number },
  ): Promise<void>;
}

export function openLinkMail(
  mailer: Mailer,
  { baseUrl, branding, smtp }: Pick<Config, 'baseUrl' | 'branding' | 'smtp'>,
): LinkMail {
  const { mail } = languages[smtp?.language ?? 'en'].messages;
  return {
    async send(user, { url, purpose, expiresAtMs }) {
      const to = addressOf(user);
      if (to === undefined) throw new TypeError('A link can be sent only to somebody who has an address');
      await mailer.send({
        to,
        subject: `${branding.name}: ${mail.linkSubject[purpose]}`,
        text: [
          mail.hello(user.displayName),
          mail.linkText[purpose],
          url,
          mail.linkOnce(timeOf(expiresAtMs)),
          `${branding.name}, ${baseUrl}`,
        ].join('\n\n'),
      });
    },
  };
}
