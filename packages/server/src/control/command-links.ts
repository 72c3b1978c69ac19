import type { LinkRefusal } from '../links/make-link.ts';
import type { LinkPurpose, OneTimeLink } from '../store/port/links.ts';

/** The one-time links of people, as commands make them and take them back. */
export interface CommandLinks {
  /** Makes a link, in the place of the one before. */
  makeLink(link: LinkRequest): Promise<MadeLink>;
  /** The link of a user that works; `null` where there is none. Its token is nowhere. */
  findLinkOf(userId: string): Promise<OneTimeLink | null>;
  /** Takes back the link of a user. @returns whether there was one */
  revokeLink(userId: string, actor: string): Promise<boolean>;
}

export interface LinkRequest {
  readonly userId: string;
  readonly purpose: LinkPurpose;
  /** `LINK_SECONDS` says which. */
  readonly lifetimeSeconds: number;
  readonly actor: string;
  /** Whether the person gets it by mail, and whoever asks does not see it. */
  readonly byMail?: boolean;
}

export type MadeLink =
  | {
      readonly kind: 'made';
      /** Absent where it was mailed. */
      readonly url?: string;
      /** The address that it was mailed to. */
      readonly mailedTo?: string;
      readonly expiresAtMs: number;
    }
  | {
      readonly kind: 'refused';
      readonly why: LinkRefusal | 'noMail' | 'noAddress' | 'notSent';
      /** What the mail server said. */
      readonly reason?: string;
    };
