import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { RoleInAccount } from '../port/directory.ts';
import type { ListedSession, SessionKind, SessionPlace, SessionRef } from '../port/session-lists.ts';
import { RowIds } from '../row-id.ts';
import { uuidBytes } from '../sql/directory/uuid-bytes.ts';
import { SqlFactors } from '../sql/factors/sql-factors.ts';
import { SqlLinks } from '../sql/links/sql-links.ts';
import { SqlNotices } from '../sql/notices/sql-notices.ts';
import { findRoleRevocation, revokeRole } from '../sql/sessions/role-revocations.ts';
import { findListedSession, listSessions, noteUse } from '../sql/sessions/session-lists.ts';
import type { Work } from '../sql/work.ts';
import type { WorkEngine } from '../sql/work-engine.ts';
import type {
  AnswerRow,
  Approval,
  Attempt,
  CodeBinding,
  DeviceRequestRow,
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
import { UnfinishedCopy } from '../unfinished-copy.ts';
import { findAuthorization } from './authorization-query.ts';
import { Checkpointer } from './checkpoint.ts';
import { People } from './directory/people.ts';
import { SqliteDirectory } from './directory/sqlite-directory.ts';
import { giveBackPages, keepPagesMovable } from './free-pages.ts';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrations.ts';
import { PendingRequests } from './pending-requests.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { findSignInSession } from './sign-in-session-query.ts';
import { hasUnfinishedCopy } from './sqlite-rows.ts';
import { prepareStatements, type Statements } from './statements.ts';
import { Sweeper } from './sweeper.ts';

/**
 * Opens the store in a SQLite file, which is made if need be; `:memory:` opens one that ends with the process.
 *
 * @throws when the file is no such database, was made by a newer release, or has a part of a copy that is not finished
 */
export function openSqliteStore(
  file: string,
  { maxPendingDeviceRequests = 100_000, maxAttemptWindows = 100_000, onDrop = () => {} }: StoreOptions = {},
): Store {
  const options = { maxPendingDeviceRequests, maxAttemptWindows, onDrop };
  if (file !== ':memory:') makeForOwner(file);
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    keepPagesMovable(database);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(database);
    if (hasUnfinishedCopy(database)) throw new UnfinishedCopy();
  } catch (error) {
    database.close();
    throw new Error(`Cannot open the database at ${file}: ${(error as Error).message}`, { cause: error });
  }
  if (file === ':memory:') return new SqliteStore(database, undefined, options);
  database.exec('PRAGMA wal_autocheckpoint = 0');
  return new SqliteStore(database, new Checkpointer(database, file), options);
}

/** Makes the file with mode 0600; SQLite gives its log the same mode. */
function makeForOwner(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/** The id and the subject of the rows by which `check` finds out whether there is room: no row has them otherwise. */
const CHECK_ID = Number.MAX_SAFE_INTEGER;
const CHECK_SUBJECT = Buffer.alloc(16);

interface AttemptWindow {
  readonly attempts: number;
  readonly endsAtMs: number;
}

class SqliteStore extends SqliteDirectory implements Store {
  readonly databaseFile?: string;
  /** No request is served while a batch of rows goes. */
  readonly sweptAtOnce = 100;
  readonly factors: SqlFactors;
  readonly links: SqlLinks;
  readonly notices: SqlNotices;
  readonly #database: DatabaseSync;
  readonly #checkpointer: Checkpointer | undefined;
  readonly #commits: GroupCommit;
  readonly #people: People;
  readonly #sql: Statements;
  readonly #lists: PreparedStatements;
  readonly #sweeper: Sweeper;
  readonly #ids: RowIds;
  readonly #options: Required<StoreOptions>;
  readonly #pendingRequests: PendingRequests;
  #attemptWindows: number;

  constructor(
    database: DatabaseSync,
    checkpointer: Checkpointer | undefined,
    options: Required<StoreOptions>,
  ) {
    const commits = new GroupCommit(database);
    const people = new People(database);
    super(database, commits, people);
    const file = database.location();
    if (file !== null) this.databaseFile = file;
    this.#database = database;
    this.#checkpointer = checkpointer;
    this.#options = options;
    this.#commits = commits;
    this.#people = people;
    this.#sql = prepareStatements(database);
    const engine = engineOf(database, commits);
    this.factors = new SqlFactors(engine);
    this.links = new SqlLinks(engine);
    this.notices = new SqlNotices(engine);
    this.#lists = new PreparedStatements(database);
    this.#sweeper = new Sweeper(database);
    this.#ids = new RowIds(highestId(database));
    this.#pendingRequests = new PendingRequests(database);
    this.#attemptWindows = count(this.#sql.countAttemptWindows);
  }

  insertSignInSession(session: NewSignInSession, replacedIds: readonly number[] = []): Promise<number> {
    return this.#commits.change(() => {
      const { salt, userId, userVersion, createdAtMs, expiresAtMs, factors, address, userAgent } = session;
      const id = this.#ids.next(createdAtMs);
      this.#sql.insertSignInSession.run(
        ...[id, salt, uuidBytes(userId), userVersion, createdAtMs, expiresAtMs, factors ?? null],
        ...[address, userAgent],
      );
      for (const replacedId of replacedIds) {
        const isReplaced = this.#sql.endSignInSession.run(createdAtMs, replacedId).changes === 1;
        if (isReplaced) this.#sql.moveAuthorizations.run(id, replacedId);
      }
      return id;
    });
  }

  async findSignInSession(id: number): Promise<FoundSignInSession | undefined> {
    return findSignInSession(this.#sql.findSignInSession, this.#people, id);
  }

  async endSignInSession(id: number, nowMs: number): Promise<boolean> {
    return (await this.#commits.run(this.#sql.endSignInSession, nowMs, id)) === 1;
  }

  insertDeviceRequest(
    authorization: NewAuthorization,
    request: NewDeviceRequest,
  ): Promise<InsertDeviceRequestOutcome> {
    return this.#commits.change(() => {
      if (this.#sql.findDeviceRequest.get(request.userCodeDigest) !== undefined)
        return { kind: 'userCodeTaken' };
      const { salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs } = authorization;
      const id = this.#ids.next(createdAtMs);
      const leaving = this.#pendingRequests.add(
        { id, address: request.address },
        this.#options.maxPendingDeviceRequests,
      );
      if (leaving?.id === id) return { kind: 'full' };
      if (leaving !== undefined) {
        this.#sql.deletePendingAuthorization.run(leaving.id);
        this.#options.onDrop('deviceAuthorization', leaving.address);
      }
      this.#sql.insertPendingAuthorization.run(
        ...[id, salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs],
      );
      const { userCodeDigest, address, userAgent } = request;
      this.#sql.insertDeviceRequest.run(userCodeDigest, id, clientName, address, userAgent);
      return { kind: 'inserted', id };
    });
  }

  findDeviceRequest(
    { userCodeDigests, questionDigests, attempts }: DeviceRequestSearch,
    nowMs: number,
  ): Promise<FindDeviceRequestOutcome> {
    return this.#commits.change(() => {
      const untilMs = this.#fullUntilMs(attempts, nowMs);
      for (const digest of untilMs === undefined ? userCodeDigests : []) {
        const row = this.#sql.findDeviceRequest.get(digest) as DeviceRequestRow | undefined;
        if (row !== undefined && row.expiresAtMs > nowMs) return { kind: 'found', row };
      }
      const answer = this.#findAnswer(questionDigests, nowMs);
      if (answer !== undefined) return { kind: 'answeredBefore', answer };
      if (untilMs !== undefined) return { kind: 'limited', untilMs };
      this.#countAttempts(attempts, nowMs);
      return { kind: 'unknown' };
    });
  }

  approveDeviceRequest(
    id: number,
    approval: Approval,
    answer: NewAnswer,
    nowMs: number,
  ): Promise<'approved' | 'signedOut' | 'unknown'> {
    return this.#commits.change(() => {
      if (!this.#isSignedIn(approval)) return 'signedOut';
      const { userId, userVersion, signInSessionId } = approval;
      const { changes } = this.#sql.approveDeviceRequest.run(
        ...[uuidBytes(userId), userVersion, signInSessionId, id, nowMs],
      );
      if (changes !== 1) return 'unknown';
      this.#forgetDeviceRequest(id);
      this.#putAnswer(answer, { decision: 'allow', answeredAtMs: nowMs, authorizationId: id });
      return 'approved';
    });
  }

  denyDeviceRequest(id: number, answer: NewAnswer, nowMs: number): Promise<boolean> {
    return this.#commits.change(() => {
      if (this.#sql.denyDeviceRequest.run(id, nowMs).changes !== 1) return false;
      this.#forgetDeviceRequest(id);
      this.#putAnswer(answer, { decision: 'deny', answeredAtMs: nowMs, authorizationId: null });
      return true;
    });
  }

  insertApprovedAuthorization(
    authorization: NewAuthorization,
    approval: Approval,
    code: CodeBinding,
    answer: NewAnswer,
  ): Promise<InsertApprovedOutcome> {
    return this.#commits.change(() => {
      if (!this.#isSignedIn(approval)) return { kind: 'signedOut' };
      const before = this.#findAnswer(answer.questionDigests, authorization.createdAtMs);
      if (before !== undefined) return { kind: 'answeredBefore', answer: before };
      const { salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs } = authorization;
      const id = this.#ids.next(createdAtMs);
      const { userId, userVersion, signInSessionId } = approval;
      this.#sql.insertApprovedAuthorization.run(
        ...[id, salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs],
        ...[uuidBytes(userId), userVersion, signInSessionId, code.redirectUri, code.codeChallenge],
      );
      this.#putAnswer(answer, { decision: 'allow', answeredAtMs: createdAtMs, authorizationId: id });
      return { kind: 'approved', id };
    });
  }

  insertDenial(answer: NewAnswer, nowMs: number): Promise<AnswerRow | undefined> {
    return this.#commits.change(() => {
      const before = this.#findAnswer(answer.questionDigests, nowMs);
      if (before !== undefined) return before;
      this.#putAnswer(answer, { decision: 'deny', answeredAtMs: nowMs, authorizationId: null });
      return undefined;
    });
  }

  async findAnswer(questionDigests: readonly Uint8Array[], nowMs: number): Promise<AnswerRow | undefined> {
    return this.#findAnswer(questionDigests, nowMs);
  }

  async findAuthorization(id: number, search?: RoleInAccount): Promise<FoundAuthorization | undefined> {
    const found = findAuthorization(this.#sql.findAuthorization, this.#people, id);
    if (search === undefined || found === undefined || !('user' in found)) return found;
    const role = this.findRole(found.userId, search);
    return role ? { ...found, role } : found;
  }

  async redeemAuthorization(
    id: number,
    { scopes, nowMs, sessionEndsAtMs, address, userAgent }: Redemption,
  ): Promise<boolean> {
    const values = [scopes, nowMs, sessionEndsAtMs, id, address, userAgent];
    return (await this.#commits.run(this.#sql.redeemAuthorization, ...values)) === 1;
  }

  async rotateTokens(id: number, { generation, nowMs, earlierRotationsMs }: Rotation): Promise<boolean> {
    const values = [nowMs, earlierRotationsMs.join(' '), id, generation];
    return (await this.#commits.run(this.#sql.rotateTokens, ...values)) === 1;
  }

  async endAuthorization(id: number, nowMs: number): Promise<boolean> {
    return (await this.#commits.run(this.#sql.endAuthorization, nowMs, id)) === 1;
  }

  async noteUse(session: SessionRef, use: SessionPlace & { readonly nowMs: number }): Promise<void> {
    await this.#commits.change(() => this.#lists.perform(noteUse(session, use)));
  }

  async listSessions(
    kind: SessionKind,
    page: { readonly userId?: string; readonly before?: number; readonly limit: number },
    nowMs: number,
  ): Promise<readonly ListedSession[]> {
    return this.#lists.perform(listSessions(kind, page, nowMs));
  }

  async findListedSession(session: SessionRef, nowMs: number): Promise<ListedSession | undefined> {
    return this.#lists.perform(findListedSession(session, nowMs));
  }

  revokeRole(role: RoleInAccount, issuedBeforeMs: number): Promise<void> {
    return this.#commits.change(() => this.#lists.perform(revokeRole(role, issuedBeforeMs)));
  }

  async findRoleRevocation(role: RoleInAccount): Promise<number | undefined> {
    return this.#lists.perform(findRoleRevocation(role));
  }

  takeAttempt(attempts: readonly Attempt[], nowMs: number): Promise<number | undefined> {
    return this.#commits.change(() => {
      const untilMs = this.#fullUntilMs(attempts, nowMs);
      if (untilMs === undefined) this.#countAttempts(attempts, nowMs);
      return untilMs;
    });
  }

  returnAttempt(subjects: readonly { subject: Uint8Array; reset: boolean }[]): Promise<void> {
    return this.#commits.change(() => {
      for (const { subject, reset } of subjects) {
        if (!reset && this.#sql.returnAttempt.run(subject).changes === 1) continue;
        this.#attemptWindows -= Number(this.#sql.deleteAttemptWindow.run(subject).changes);
      }
    });
  }

  sweep(nowMs: number, limit: number): Promise<{ removed: number; finished: boolean }> {
    return this.#commits.change(() => {
      const swept = this.#sweeper.sweep(nowMs, limit);
      for (const id of swept.removedAuthorizations) this.#pendingRequests.remove(id);
      const { removed } = swept;
      const hasMorePages = giveBackPages(this.#database);
      const finished = swept.finished && !hasMorePages;
      if (!finished) return { removed, finished };
      this.#pendingRequests.reconcile();
      this.#attemptWindows = count(this.#sql.countAttemptWindows);
      return { removed, finished };
    });
  }

  check(): Promise<void> {
    return this.#commits.change(() => {
      // The pages that change are written, though their rows are as before.
      this.#sql.openAttemptWindow.run(CHECK_SUBJECT, 0, Buffer.alloc(0));
      this.#sql.insertSignInSession.run(...[CHECK_ID, CHECK_SUBJECT, CHECK_SUBJECT, '', 0, 1, null, '', '']);
      this.#sql.deleteSignInSession.run(CHECK_ID);
      this.#sql.deleteAttemptWindow.run(CHECK_SUBJECT);
    });
  }

  async close(): Promise<void> {
    this.#commits.flush();
    await this.#checkpointer?.close();
    this.#database.close();
  }

  #forgetDeviceRequest(id: number): void {
    this.#sql.deleteDeviceRequest.run(id);
    this.#pendingRequests.remove(id);
  }

  #isSignedIn({ userId, userVersion, signInSessionId }: Approval): boolean {
    const row = this.#sql.isSignedIn.get(uuidBytes(userId), userVersion, signInSessionId);
    return row?.['isSignedIn'] === 1;
  }

  #findAnswer(questionDigests: readonly Uint8Array[], nowMs: number): AnswerRow | undefined {
    for (const digest of questionDigests) {
      const row = this.#sql.findAnswer.get(digest, nowMs) as AnswerRow | undefined;
      if (row !== undefined) return row;
    }
    return undefined;
  }

  #putAnswer({ questionDigests: [digest], expiresAtMs }: NewAnswer, answer: AnswerRow): void {
    if (digest === undefined) throw new TypeError('An answer needs a digest to be kept under');
    const { decision, answeredAtMs, authorizationId } = answer;
    this.#sql.putAnswer.run(digest, decision, answeredAtMs, authorizationId, expiresAtMs);
  }

  /** The instant at which the last full attempt window ends; `undefined` when none is full. */
  #fullUntilMs(attempts: readonly Attempt[], nowMs: number): number | undefined {
    const full = attempts.flatMap((attempt) => {
      const window = this.#attemptWindow(attempt, nowMs);
      return window !== undefined && window.attempts >= attempt.limit ? [window.endsAtMs] : [];
    });
    return full.length === 0 ? undefined : Math.max(...full);
  }

  #countAttempts(attempts: readonly Attempt[], nowMs: number): void {
    for (const attempt of attempts) {
      const window = this.#attemptWindow(attempt, nowMs);
      const { subject, windowMs, holder } = attempt;
      if (window === undefined) {
        this.#makeRoomForAttemptWindow();
        this.#sql.openAttemptWindow.run(subject, nowMs + windowMs, holder);
      } else {
        this.#sql.changeAttemptWindow.run(window.attempts + 1, window.endsAtMs, subject);
      }
    }
  }

  /**
   * The open attempt window of a subject. It ends within `windowMs` from now, also when the clock was set back since it
   * began.
   */
  #attemptWindow({ subject, windowMs }: Attempt, nowMs: number): AttemptWindow | undefined {
    const window = this.#sql.findAttemptWindow.get(subject) as AttemptWindow | undefined;
    if (window === undefined || window.endsAtMs <= nowMs) return undefined;
    const endsAtMs = nowMs + windowMs;
    if (window.endsAtMs <= endsAtMs) return window;
    this.#sql.changeAttemptWindow.run(window.attempts, endsAtMs, subject);
    return { ...window, endsAtMs };
  }

  /** A twentieth goes at once, as finding what goes takes some 0.2 s of 100,000 windows. */
  #makeRoomForAttemptWindow(): void {
    const { maxAttemptWindows, onDrop } = this.#options;
    if (this.#attemptWindows >= maxAttemptWindows) {
      const surplus = Math.ceil(maxAttemptWindows / 20);
      const removed = Number(this.#sql.deleteSurplusAttemptWindows.run(surplus).changes);
      this.#attemptWindows -= removed;
      for (let index = 0; index < removed; index += 1) onDrop('failureWindow');
    }
    this.#attemptWindows += 1;
  }
}

/** SQLite runs each change by itself, so work is alone always. */
function engineOf(database: DatabaseSync, commits: GroupCommit): WorkEngine {
  const statements = new PreparedStatements(database);
  const change = <T>(begin: () => Work<T>) => commits.change(() => statements.perform(begin()));
  return { read: async (work) => statements.perform(work), change, changeAlone: change };
}

/** The highest row id of both tables; 0 when they are empty. */
function highestId(database: DatabaseSync): number {
  const row = database
    .prepare(`
      SELECT coalesce(max(id), 0) AS id
      FROM (SELECT max(id) AS id FROM authorization UNION ALL SELECT max(id) FROM sign_in_session)`)
    .get();
  return (row as { id: number }).id;
}

function count(statement: StatementSync): number {
  return (statement.get() as { count: number }).count;
}
