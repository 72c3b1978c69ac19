import type { KeyStore } from '../../keys/key-store.ts';
import type { RoleInAccount } from '../port/directory.ts';
import type { ListedSession, SessionKind, SessionPlace, SessionRef } from '../port/session-lists.ts';
import { SqlFactors } from '../sql/factors/sql-factors.ts';
import { SqlLinks } from '../sql/links/sql-links.ts';
import { SqlNotices } from '../sql/notices/sql-notices.ts';
import { findRoleRevocation, revokeRole } from '../sql/sessions/role-revocations.ts';
import { findListedSession, listSessions, noteUse } from '../sql/sessions/session-lists.ts';
import type { WorkEngine } from '../sql/work-engine.ts';
import type {
  AnswerRow,
  Approval,
  Attempt,
  CodeBinding,
  DeviceRequestSearch,
  FindDeviceRequestOutcome,
  FoundAuthorization,
  FoundSignInSession,
  InsertApprovedOutcome,
  InsertDeviceRequestOutcome,
  NewAnswer,
  NewAuthorization,
  NewDeviceRequest,
  NewSignInSession,
  Redemption,
  Rotation,
  Store,
  StoreOptions,
} from '../store.ts';
import { check } from './check.ts';
import type { Database } from './database.ts';
import { alone, PostgresqlDirectory } from './directory/postgresql-directory.ts';
import { ensureInstanceRow } from './instance-row.ts';
import { PostgresqlKeys } from './postgresql-keys.ts';
import type { SchemaKeeper } from './schema-keeper.ts';
import { findAnswer, insertApprovedAuthorization, insertDenial } from './sessions/answers.ts';
import { Attempts } from './sessions/attempts.ts';
import { Authorizations } from './sessions/authorizations.ts';
import { DeviceRequests } from './sessions/device-requests.ts';
import { PendingBound } from './sessions/pending-bound.ts';
import { endSignInSession, findSignInSession, insertSignInSession } from './sessions/sign-in-sessions.ts';
import { Sweeper } from './sweeper.ts';

/** The longest time in which a replica says that it goes. */
const LEAVE_WITHIN_MS = 1_000;

/** The store in a PostgreSQL database, which any number of processes share. */
export class PostgresqlStore extends PostgresqlDirectory implements Store {
  /** The keys of the instance, sealed. */
  readonly keys: KeyStore;
  readonly factors: SqlFactors;
  readonly links: SqlLinks;
  readonly notices: SqlNotices;
  readonly #database: Database;
  readonly #keeper: SchemaKeeper;
  readonly #attempts: Attempts;
  readonly #authorizations: Authorizations;
  readonly #deviceRequests: DeviceRequests;
  readonly sweptAtOnce = 500;
  readonly #sweeper: Sweeper;

  /** @param keeper - of the schema; it is closed with the store */
  constructor(
    database: Database,
    keeper: SchemaKeeper,
    { maxPendingDeviceRequests = 100_000, maxAttemptWindows = 100_000, onDrop = () => {} }: StoreOptions = {},
  ) {
    super(database);
    this.keys = new PostgresqlKeys(database);
    // Where it is not known whether a use happened, it is not tried again: what is used is used up.
    const engine: WorkEngine = {
      read: (work) => database.perform(work),
      change: (begin) => database.transaction(begin, 'giveUp'),
      changeAlone: (begin) => database.transaction(() => alone(begin()), 'giveUp'),
    };
    this.factors = new SqlFactors(engine);
    this.links = new SqlLinks(engine);
    this.notices = new SqlNotices(engine);
    this.#database = database;
    this.#keeper = keeper;
    this.#attempts = new Attempts(database, { maxAttemptWindows, onDrop });
    this.#authorizations = new Authorizations(database);
    const bound = new PendingBound(database, { maxPendingDeviceRequests, onDrop });
    this.#deviceRequests = new DeviceRequests(database, this.#attempts, bound);
    this.#sweeper = new Sweeper(database);
  }

  /** Gives the store an instance id, unless it has one. @returns the id that it has now */
  ensureInstanceId(id: string): Promise<string> {
    return ensureInstanceRow(this.#database, id);
  }

  insertSignInSession(session: NewSignInSession, replacedIds: readonly number[] = []): Promise<number> {
    return insertSignInSession(this.#database, session, replacedIds);
  }

  findSignInSession(id: number): Promise<FoundSignInSession | undefined> {
    return findSignInSession(this.#database, id);
  }

  endSignInSession(id: number, nowMs: number): Promise<boolean> {
    return endSignInSession(this.#database, id, nowMs);
  }

  insertDeviceRequest(
    authorization: NewAuthorization,
    request: NewDeviceRequest,
  ): Promise<InsertDeviceRequestOutcome> {
    return this.#deviceRequests.insert(authorization, request);
  }

  findDeviceRequest(search: DeviceRequestSearch, nowMs: number): Promise<FindDeviceRequestOutcome> {
    return this.#deviceRequests.find(search, nowMs);
  }

  approveDeviceRequest(
    id: number,
    approval: Approval,
    answer: NewAnswer,
    nowMs: number,
  ): Promise<'approved' | 'signedOut' | 'unknown'> {
    return this.#deviceRequests.approve(id, approval, answer, nowMs);
  }

  denyDeviceRequest(id: number, answer: NewAnswer, nowMs: number): Promise<boolean> {
    return this.#deviceRequests.deny(id, answer, nowMs);
  }

  insertApprovedAuthorization(
    authorization: NewAuthorization,
    approval: Approval,
    code: CodeBinding,
    answer: NewAnswer,
  ): Promise<InsertApprovedOutcome> {
    return insertApprovedAuthorization(this.#database, authorization, approval, code, answer);
  }

  insertDenial(answer: NewAnswer, nowMs: number): Promise<AnswerRow | undefined> {
    return insertDenial(this.#database, answer, nowMs);
  }

  findAnswer(questionDigests: readonly Uint8Array[], nowMs: number): Promise<AnswerRow | undefined> {
    return findAnswer(this.#database, questionDigests, nowMs);
  }

  findAuthorization(id: number, role?: RoleInAccount): Promise<FoundAuthorization | undefined> {
    return this.#authorizations.find(id, role);
  }

  redeemAuthorization(id: number, redemption: Redemption): Promise<boolean> {
    return this.#authorizations.redeem({ id, ...redemption });
  }

  rotateTokens(id: number, rotation: Rotation): Promise<boolean> {
    return this.#authorizations.rotate({ id, ...rotation });
  }

  endAuthorization(id: number, nowMs: number): Promise<boolean> {
    return this.#authorizations.end(id, nowMs);
  }

  async noteUse(session: SessionRef, use: SessionPlace & { readonly nowMs: number }): Promise<void> {
    await this.#database.transaction(() => noteUse(session, use), 'repeat');
  }

  listSessions(
    kind: SessionKind,
    page: { readonly userId?: string; readonly before?: number; readonly limit: number },
    nowMs: number,
  ): Promise<readonly ListedSession[]> {
    return this.read(listSessions(kind, page, nowMs));
  }

  findListedSession(session: SessionRef, nowMs: number): Promise<ListedSession | undefined> {
    return this.read(findListedSession(session, nowMs));
  }

  revokeRole(role: RoleInAccount, issuedBeforeMs: number): Promise<void> {
    return this.#database.transaction(() => revokeRole(role, issuedBeforeMs), 'repeat');
  }

  findRoleRevocation(role: RoleInAccount): Promise<number | undefined> {
    return this.read(findRoleRevocation(role));
  }

  takeAttempt(attempts: readonly Attempt[], nowMs: number): Promise<number | undefined> {
    return this.#attempts.take(attempts, nowMs);
  }

  returnAttempt(
    subjects: readonly { readonly subject: Uint8Array; readonly reset: boolean }[],
  ): Promise<void> {
    return this.#attempts.giveBack(subjects);
  }

  sweep(nowMs: number, limit: number): Promise<{ removed: number; finished: boolean }> {
    return this.#sweeper.sweep(nowMs, limit);
  }

  check(): Promise<void> {
    return check(this.#database);
  }

  async close(): Promise<void> {
    // Where the database is away, the replica is forgotten a minute later.
    const isLate = Promise.withResolvers<void>();
    const timer = setTimeout(isLate.resolve, LEAVE_WITHIN_MS);
    await Promise.race([this.#keeper.close().catch(() => undefined), isLate.promise]);
    clearTimeout(timer);
    await this.#database.close();
  }
}
