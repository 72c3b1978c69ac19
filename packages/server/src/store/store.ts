import type { Dropped } from '../limits/drops.ts';
import type { AssignedRole, DirectoryReader, RoleInAccount, User } from './port/directory.ts';
import type { DirectoryWriter } from './port/directory-change.ts';
import type { FactorStore } from './port/factors.ts';
import type { LinkStore } from './port/links.ts';
import type { NoticeStore } from './port/notices.ts';
import type { RoleRevocations } from './port/role-revocations.ts';
import type { SessionLists, SessionPlace } from './port/session-lists.ts';

/**
 * The storage port: everything that an instance must not forget, as named, atomic operations. The rules live in `grants/`
 * and `people/`; a store only promises that each operation happens wholly or not at all, and that a promise it returns
 * resolves once the change is durable. Every implementation passes `conformance.ts`.
 *
 * A store makes the ids of rows, once for each row: any number of processes may insert into one store. Ids are safe integers
 * that rise with time, from one millisecond to another at least. The `salt` is random and tells a row from every other, so a
 * store that did not learn the outcome of an insert may repeat it.
 *
 * Instants are milliseconds since the Unix epoch. A row's tokens are made with its `salt` (keys/token.ts); no token, code
 * or secret is stored, nor its hash.
 */
export interface Store extends DirectoryReader, DirectoryWriter, SessionLists, RoleRevocations {
  /** The file of the database, where another thread can read it by itself (`readDatabaseDirectory`). */
  readonly databaseFile?: string;

  /** What people sign in with besides a password. */
  readonly factors: FactorStore;
  readonly links: LinkStore;
  readonly notices: NoticeStore;

  /**
   * Inserts a sign-in session that takes the place of others: these end, and what was approved in them belongs to the new one
   * from then on. One that had ended before keeps what was approved in it, ended.
   *
   * @param replacedIds - sign-in sessions of the same user
   * @returns the row id
   */
  insertSignInSession(session: NewSignInSession, replacedIds?: readonly number[]): Promise<number>;
  /** Finds a sign-in session, with its user as of the read. */
  findSignInSession(id: number): Promise<FoundSignInSession | undefined>;
  /**
   * Ends a sign-in session, once, and every authorization that was approved in it.
   *
   * @returns whether this call ended it
   */
  endSignInSession(id: number, nowMs: number): Promise<boolean>;

  /**
   * Inserts a pending authorization with the request a person will answer.
   *
   * Where `StoreOptions.maxPendingDeviceRequests` wait already, the newest of the address that has the most is removed to make
   * room. A store that several processes share may let in more, and remove the newest of the largest some seconds later.
   */
  insertDeviceRequest(
    authorization: NewAuthorization,
    request: NewDeviceRequest,
  ): Promise<InsertDeviceRequestOutcome>;
  /**
   * Finds the unanswered, unexpired request with one of the user-code digests; or else the answer that is kept under one of
   * the question digests. A miss takes an attempt from each subject; when one has none left, no request is looked for.
   */
  findDeviceRequest(search: DeviceRequestSearch, nowMs: number): Promise<FindDeviceRequestOutcome>;
  /**
   * Approves a device request, once, and keeps the answer.
   *
   * @returns `signedOut`: the sign-in session has ended, or the user has another version by now; `unknown`: the request is
   *   answered or expired. Nothing is kept then
   */
  approveDeviceRequest(
    id: number,
    approval: Approval,
    answer: NewAnswer,
    nowMs: number,
  ): Promise<'approved' | 'signedOut' | 'unknown'>;
  /** Denies a device request, once, and keeps the answer. @returns whether it was still unanswered and unexpired */
  denyDeviceRequest(id: number, answer: NewAnswer, nowMs: number): Promise<boolean>;

  /**
   * Inserts an authorization that is approved already, to be redeemed with an authorization code, and keeps the answer;
   * unless an answer to the question is there.
   */
  insertApprovedAuthorization(
    authorization: NewAuthorization,
    approval: Approval,
    code: CodeBinding,
    answer: NewAnswer,
  ): Promise<InsertApprovedOutcome>;
  /**
   * Keeps the answer to an authorization request that was denied, unless an answer to the question is there.
   *
   * @returns the answer that was there; `undefined` when this one is kept
   */
  insertDenial(answer: NewAnswer, nowMs: number): Promise<AnswerRow | undefined>;
  /** Finds the unexpired answer that is kept under one of the digests. */
  findAnswer(questionDigests: readonly Uint8Array[], nowMs: number): Promise<AnswerRow | undefined>;

  /**
   * Finds an authorization, with the end of its sign-in session and its user, in one consistent read. One whose sign-in
   * session is not there has ended.
   *
   * @param role - which role of the user to find in the same read
   */
  findAuthorization(id: number, role?: RoleInAccount): Promise<FoundAuthorization | undefined>;
  /**
   * Turns an approved authorization into a session with tokens of generation 1, once.
   *
   * @returns whether it was this call; `false` when it was redeemed, ended or not approved, or the user has another version
   */
  redeemAuthorization(id: number, redemption: Redemption): Promise<boolean>;
  /**
   * Moves the session's tokens on from the generation that `rotation` names to the next, once. The row may be of an earlier
   * generation than that: the store went back in time (docs/decisions/0032).
   *
   * @returns whether it was this call; `false` when the row is of a later generation, or the user has another version
   */
  rotateTokens(id: number, rotation: Rotation): Promise<boolean>;
  /** Ends an authorization, and with it all its tokens. @returns whether this call ended it */
  endAuthorization(id: number, nowMs: number): Promise<boolean>;

  /**
   * Takes one attempt from each subject's allowance, if every one has some left: all or none.
   *
   * @returns when the fullest window ends, if the attempt is refused; `undefined` when it was taken
   */
  takeAttempt(attempts: readonly Attempt[], nowMs: number): Promise<number | undefined>;
  /** Gives attempts back to subjects: one attempt to each, or all of them where `reset` is set. */
  returnAttempt(
    subjects: readonly { readonly subject: Uint8Array; readonly reset: boolean }[],
  ): Promise<void>;

  /** So many rows of each kind `sweep` should look at at once: few where requests wait meanwhile. */
  readonly sweptAtOnce: number;
  /**
   * Removes rows that no rule can ask for any more, at most `limit` of each kind, from where the last call stopped.
   *
   * @returns how many rows went, and whether the walk has come to its end
   */
  sweep(nowMs: number, limit: number): Promise<{ readonly removed: number; readonly finished: boolean }>;

  /** Resolves if what a sign-in writes can be written durably; nothing of it stays. */
  check(): Promise<void>;
  /** Finishes the changes that were asked for, then closes the store. */
  close(): Promise<void>;
}

/** What a store is opened with, beside where it is. */
export interface StoreOptions {
  /** The most device requests that wait for an answer. Default 100,000. */
  readonly maxPendingDeviceRequests?: number;
  /** The most attempt windows that are kept; beyond it, those of the addresses with the most are removed early. Default 100,000. */
  readonly maxAttemptWindows?: number;
  /** Told of what was removed early, as more was asked for than there is room for. */
  readonly onDrop?: (what: Dropped, address?: string) => void;
}

/** A browser's sign-in session as it is inserted. The place is that of the browser: the session is used there at `createdAtMs`. */
export interface NewSignInSession extends SessionPlace {
  readonly salt: Uint8Array;
  readonly userId: string;
  readonly userVersion: string;
  /** What the person signed in with, separated by spaces (people/sign-in-factors.ts). Absent: with a password, before other factors were known. */
  readonly factors?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

export interface SignInSessionRow extends Omit<NewSignInSession, keyof SessionPlace> {
  readonly id: number;
  /** When it was last used, to within an hour; `null` where only an earlier release has seen it. */
  readonly usedAtMs: number | null;
  /** When the session was ended; `null` while it lasts. */
  readonly endedAtMs: number | null;
}

/** Who a session is for, as of the read. */
interface WithUser {
  /** Absent where there is no such user, or one who may not sign in. The version may be another than that of the session. */
  readonly user?: User;
}

export type FoundSignInSession = SignInSessionRow & WithUser;

/** An authorization as it is inserted. */
export interface NewAuthorization {
  readonly salt: Uint8Array;
  readonly clientId: Uint8Array;
  /** What the client called itself when it registered. */
  readonly clientName: string;
  /** Scopes, separated by spaces. */
  readonly scopes: string;
  readonly createdAtMs: number;
  /** When its device code or authorization code expires. */
  readonly codeExpiresAtMs: number;
}

export interface NewDeviceRequest {
  readonly userCodeDigest: Uint8Array;
  readonly address: string;
  readonly userAgent: string;
}

export type InsertDeviceRequestOutcome =
  | { readonly kind: 'inserted'; readonly id: number }
  /** A live request has this user code. */
  | { readonly kind: 'userCodeTaken' }
  /** Too many wait, and no address has more than this one would. */
  | { readonly kind: 'full' };

export interface DeviceRequestRow extends Omit<NewDeviceRequest, 'userCodeDigest'> {
  /** Row id of the authorization. */
  readonly id: number;
  readonly clientName: string;
  readonly clientId: Uint8Array;
  readonly scopes: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** What is looked for under a user code that a person typed. */
export interface DeviceRequestSearch {
  readonly userCodeDigests: readonly Uint8Array[];
  /** Digests of the person and the user code. */
  readonly questionDigests: readonly Uint8Array[];
  readonly attempts: readonly Attempt[];
}

/** The answer that a person gives to a device request or an authorization request. */
export interface NewAnswer {
  /** Digests of the person and the question, one with each key. The answer is kept under the first. */
  readonly questionDigests: readonly Uint8Array[];
  readonly expiresAtMs: number;
}

/** An answer that was given, kept so that the same person can be told when the question comes up again. */
export interface AnswerRow {
  readonly decision: 'allow' | 'deny';
  readonly answeredAtMs: number;
  /** Row id of the authorization that was allowed; `null` where it was denied. */
  readonly authorizationId: number | null;
}

export type FindDeviceRequestOutcome =
  | { readonly kind: 'found'; readonly row: DeviceRequestRow }
  | { readonly kind: 'answeredBefore'; readonly answer: AnswerRow }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'limited'; readonly untilMs: number };

export type InsertApprovedOutcome =
  | { readonly kind: 'approved'; readonly id: number }
  /** The sign-in session has ended, or the user has another version by now: nothing is kept. */
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'answeredBefore'; readonly answer: AnswerRow };

/** Who approved an authorization, and in which sign-in session. */
export interface Approval {
  readonly userId: string;
  readonly userVersion: string;
  readonly signInSessionId: number;
}

/** What an authorization code is bound to (RFC 6749 section 4.1.3, RFC 7636 section 4.4). */
export interface CodeBinding {
  readonly redirectUri: string;
  readonly codeChallenge: string;
}

/**
 * A client's leave to act for a person. It is `pending` until the person answers, `approved` until its code is redeemed,
 * then `active`, a session with tokens of a rising generation, until it has ended or expired.
 */
export type FoundAuthorization =
  | UnapprovedAuthorization
  | (ApprovedAuthorization & WithUser & WithRole)
  | (ActiveAuthorization & WithUser & WithRole);

/** Which role a user has, as of the read. */
interface WithRole {
  /** Absent where none was asked for, where `user` is absent, and where the user doesn't have the role in the account. */
  readonly role?: AssignedRole;
}

/** An authorization as it was inserted, and its row id. */
export interface InsertedAuthorization extends Omit<NewAuthorization, 'clientName'> {
  readonly id: number;
}

/** A device authorization that nobody has allowed. */
export interface UnapprovedAuthorization extends InsertedAuthorization {
  readonly state: 'pending' | 'denied';
}

/** An authorization that was allowed, and whose code has not been redeemed. */
export interface ApprovedAuthorization extends InsertedAuthorization, Allowed {
  readonly state: 'approved';
}

/** A session: an authorization whose code has been redeemed. */
export interface ActiveAuthorization extends Omit<InsertedAuthorization, 'codeExpiresAtMs'>, Allowed {
  readonly state: 'active';
  /** When the session is over, whatever is refreshed. */
  readonly sessionEndsAtMs: number;
  /** When it was last used, to within an hour; `null` where only an earlier release has seen it. */
  readonly usedAtMs: number | null;
  /** The generation of the current tokens; 1 for those that the code was redeemed for. */
  readonly generation: number;
  /** When the current generation began. */
  readonly rotatedAtMs: number;
  /** When the generations before the current one began, newest first, as far back as the last rotation kept them. */
  readonly earlierRotationsMs: readonly number[];
}

/** What approved and active authorizations have in common. */
interface Allowed extends Approval {
  /** `null` for a device authorization: its code is bound to nothing. */
  readonly codeBinding: CodeBinding | null;
  /** When this authorization, or the sign-in session it was approved in, was ended; `null` while neither was. */
  readonly endedAtMs: number | null;
}

/** How an authorization becomes a session. The place is that of the client. */
export interface Redemption extends SessionPlace {
  readonly scopes: string;
  readonly nowMs: number;
  readonly sessionEndsAtMs: number;
}

/** A change of the current tokens of a session. */
export interface Rotation {
  /** The generation that is current before the rotation: that of the refresh token which is shown. */
  readonly generation: number;
  readonly nowMs: number;
  /** The `earlierRotationsMs` of the session after the rotation. */
  readonly earlierRotationsMs: readonly number[];
}

/** An allowance of guesses: whose it is (a digest), how many guesses it has, and in what window of time. */
export interface Attempt {
  /**
   * The address that guesses (`addressKey`). Where more windows are open than are kept, the address that opened the most loses
   * those with the fewest attempts.
   */
  readonly holder: Uint8Array;
  readonly subject: Uint8Array;
  readonly limit: number;
  readonly windowMs: number;
}
