/** Something that happened to a person, of which they are told. */
export interface Notice {
  /** A UUID. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly atMs: number;
  /** What it was about, in JSON; `people/notices.ts` knows its form. */
  readonly detail: string;
  /** When the person was told, by mail or on a page. */
  readonly toldAtMs: number | null;
}

export type NoticeKind =
  | 'signedIn'
  | 'deviceAllowed'
  | 'passwordChanged'
  | 'passwordSet'
  | 'factorAdded'
  | 'factorRemoved'
  | 'factorsReset'
  | 'recoveryCodesMade'
  | 'linkMade'
  | 'linkUsed';

/** What people are told of (docs/decisions/0038), kept for 90 days. */
export interface NoticeStore {
  /** Adds a notice; those that are the most and older go. @returns false: there is no such user */
  addNotice(userId: string, notice: Notice, most: number): Promise<boolean>;
  /** Lists notices of a user, the newest first. */
  listNotices(
    userId: string,
    page: { readonly untold?: true; readonly limit: number },
  ): Promise<readonly Notice[]>;
  /** Notes that a person was told of what happened until an instant, or of one notice. */
  noteTold(
    userId: string,
    told: { readonly untilMs: number } | { readonly id: string },
    nowMs: number,
  ): Promise<void>;
}
