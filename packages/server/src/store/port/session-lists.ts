/** The sessions of people, as they and their operators look at them. */
export interface SessionLists {
  /** Notes that a session was used, unless its last use was noted within the hour. One that has ended is left as it is. */
  noteUse(session: SessionRef, use: SessionPlace & { readonly nowMs: number }): Promise<void>;
  /**
   * Looks at sessions of one kind, the newest first: those that go on, and those that have ended or run out and are still kept.
   *
   * @param page.before - the id of a session; the page begins with the one that is older. Default: the newest
   * @param page.limit - how many are looked at
   */
  listSessions(
    kind: SessionKind,
    page: { readonly userId?: string; readonly before?: number; readonly limit: number },
    nowMs: number,
  ): Promise<readonly ListedSession[]>;
  findListedSession(session: SessionRef, nowMs: number): Promise<ListedSession | undefined>;
}

/** `browser`: a sign-in session. `program`: a session of a client, and before that the authorization whose code it redeems. */
export type SessionKind = 'browser' | 'program';

export interface SessionRef {
  readonly kind: SessionKind;
  /** Row id of the sign-in session or of the authorization. */
  readonly id: number;
}

/** Where a session is used from. */
export interface SessionPlace {
  readonly address: string;
  readonly userAgent: string;
}

export interface ListedSession extends SessionRef {
  readonly userId: string;
  /** The name of the user as of the read; absent where the user was removed. */
  readonly userName?: string;
  /** `ended` also where the person may not sign in any more, or was signed out everywhere since. */
  readonly state: 'live' | 'ended' | 'expired';
  readonly createdAtMs: number;
  /** When it runs out; that of an authorization whose code is not redeemed, with the code. */
  readonly expiresAtMs: number;
  /** When it was ended; absent where it was not, or where the end is that of the person. */
  readonly endedAtMs?: number;
  /** To within an hour. */
  readonly usedAtMs: number;
  /** From where it was last used, to within an hour. Absent where only an earlier release has seen it. */
  readonly place?: SessionPlace;
  /** What the program called itself when it registered; absent for browsers, and where an earlier release made the session. */
  readonly clientName?: string;
  /** The browser in which a program was allowed. */
  readonly signInSessionId?: number;
}

/** A use that comes within this time of the last one is not noted. */
export const USE_NOTED_EVERY_MS = 60 * 60_000;
