import type { Config } from '../config/config.ts';
import type { Keys } from '../keys/keys.ts';
import { TokenBuckets } from '../limits/token-bucket.ts';
import type { PersonalHappening } from '../notices/happening.ts';
import type { DirectoryReader, UserEntry } from '../store/port/directory.ts';
import type { Notice, NoticeStore } from '../store/port/notices.ts';
import { describeHappening, hasTakeBack } from '../web/describe-happening.ts';
import { languages } from '../web/messages/languages.ts';
import { takeBackUrl } from '../web/take-back-link.ts';
import { addressOf, timeOf } from './mail-parts.ts';
import type { Mail, Mailer } from './mailer.ts';

/** Mails to one person that may go out one after the other, and the time for each further one. */
const BURST = 20;
const REFILL_MS = 10 * 60_000;
const MAX_PEOPLE = 10_000;

export interface NoticeMailParts {
  readonly mailer: Mailer;
  readonly config: Pick<Config, 'baseUrl' | 'branding' | 'smtp'>;
  readonly keys: Keys;
  readonly store: Pick<DirectoryReader, 'findEntry'> & { readonly notices: NoticeStore };
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Makes what tells people by mail of what happened, soon after it. Whoever has no address, or got many mails just now, is told on pages
 * alone; so is everybody whose mail is not taken.
 */
export function openNoticeMail(parts: NoticeMailParts): (told: PersonalHappening, notice: Notice) => void {
  const { mailer, store, now, onFailure } = parts;
  const pace = new TokenBuckets({ capacity: BURST, refillMs: REFILL_MS, maxKeys: MAX_PEOPLE });
  return (told, notice) => {
    const tell = async () => {
      const user = await store.findEntry('user', { id: told.userId });
      const to = user && addressOf(user);
      if (user === undefined || to === undefined || !pace.take(user.id, now())) return;
      mailer.enqueue({ to, ...renderNotice(parts, user, told, notice) }, () => {
        store.notices.noteTold(user.id, { id: notice.id }, now()).catch(onFailure);
      });
    };
    tell().catch(onFailure);
  };
}

function renderNotice(
  { config: { baseUrl, branding, smtp }, keys }: NoticeMailParts,
  user: UserEntry,
  { happening }: PersonalHappening,
  { atMs }: Notice,
): Omit<Mail, 'to'> {
  const { messages } = languages[smtp?.language ?? 'en'];
  const { mail } = messages;
  const undo = hasTakeBack(happening)
    ? mail.notYou(takeBackUrl({ keys, baseUrl }, { ...happening, userId: user.id, atMs }))
    : mail.notYouElse(`${baseUrl}/me`, `${baseUrl}/me/security`);
  return {
    subject: `${branding.name}: ${mail.subjects[happening.kind]}`,
    text: [
      mail.hello(user.displayName),
      describeHappening(happening, messages, { isMailed: true }),
      mail.when(timeOf(atMs)),
      mail.wasYou,
      undo,
      `${branding.name}, ${baseUrl}`,
    ].join('\n\n'),
  };
}
