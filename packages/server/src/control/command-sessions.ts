import type { RoleInAccount } from '../store/port/directory.ts';
import type { ListedSession, SessionKind, SessionRef } from '../store/port/session-lists.ts';

/** The sessions of people, as commands list and end them. */
export interface CommandSessions {
  /** Searches the sessions that go on, the newest first. A search that takes long is answered before its end: see `before`. */
  searchSessions(search: SessionSearch): Promise<FoundSessions>;
  /** Finds a session, also one that has ended or run out and is still kept; `null` where there is none. */
  findSession(session: SessionRef): Promise<ListedSession | null>;
  /** Ends a session. @returns whether this call ended it */
  endSession(session: SessionRef, actor: string): Promise<boolean>;
  /**
   * Refuses role credentials that were issued before an instant.
   *
   * @param revocation.beforeMs - not after now. Default: now
   * @returns the instant, or the later one of an earlier revocation
   */
  revokeRole(
    role: RoleInAccount,
    revocation: { readonly beforeMs?: number; readonly actor: string },
  ): Promise<{ readonly issuedBeforeMs: number }>;
}

/** Which sessions are searched. Every condition that is there must hold. */
export interface SessionSearch {
  readonly kind: SessionKind;
  readonly userId?: string;
  /** A part of what a program calls itself, in any case. */
  readonly client?: string;
  /** An IP address, or a network in CIDR notation, from which the session was last used. */
  readonly address?: string;
  /** Sessions that began before an instant. */
  readonly begunBeforeMs?: number;
  /** Sessions that were last used before an instant. */
  readonly usedBeforeMs?: number;
  /** The id of the session before the page. */
  readonly before?: number;
  /** At most `MAX_PAGE`. */
  readonly limit: number;
}

export interface FoundSessions {
  readonly sessions: readonly ListedSession[];
  /** Where the search goes on, as `SessionSearch.before`; absent at its end. */
  readonly before?: number;
}
