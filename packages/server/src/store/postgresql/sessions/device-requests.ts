import { addressKey } from '../../../limits/address-block.ts';
import type {
  Approval,
  DeviceRequestRow,
  DeviceRequestSearch,
  FindDeviceRequestOutcome,
  InsertDeviceRequestOutcome,
  NewAnswer,
  NewAuthorization,
  NewDeviceRequest,
} from '../../store.ts';
import type { Write } from '../batches.ts';
import type { Database } from '../database.ts';
import { withNewId } from '../row-id.ts';
import { readStatement, type Value, writeStatement } from '../statement.ts';
import { digestOf, findAnswer, firstOf, type WithDigest } from './answers.ts';
import type { Attempts } from './attempts.ts';
import { approvalValues, HOLD_SIGNED_IN } from './authorizations.ts';
import type { PendingBound } from './pending-bound.ts';

// A row that is not returned met a taken id or a taken user code.
const insertStatement = writeStatement(
  'insert_device_requests',
  `INSERT INTO "authorization" (id, salt, client_id, scopes, created_at_ms, expires_at_ms, state,
                                user_code_digest, client_name, registered_name, address, user_agent, holder)
   SELECT t.id, t.salt, t.client_id, t.scopes, t.created_at_ms, t.expires_at_ms, 'pending',
          t.user_code_digest, t.client_name, t.client_name, t.address, t.user_agent, t.holder
   FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::text[], $5::bigint[], $6::bigint[],
               $7::bytea[], $8::text[], $9::text[], $10::text[], $11::bytea[])
     AS t (id, salt, client_id, scopes, created_at_ms, expires_at_ms,
           user_code_digest, client_name, address, user_agent, holder)
   ORDER BY t.id
   ON CONFLICT DO NOTHING RETURNING id`,
  'repeat',
);

const findSaltStatement = readStatement(
  'find_authorization_salt',
  'SELECT salt FROM "authorization" WHERE id = $1',
);

const hasUserCodeStatement = readStatement(
  'has_user_code',
  'SELECT 1 FROM "authorization" WHERE user_code_digest = $1',
);

const findStatement = readStatement(
  'find_device_request',
  `SELECT user_code_digest AS digest, id, client_id AS "clientId", scopes, created_at_ms AS "createdAtMs", expires_at_ms AS "expiresAtMs",
          client_name AS "clientName", address, user_agent AS "userAgent"
   FROM "authorization" WHERE user_code_digest = ANY ($1::bytea[]) AND expires_at_ms > $2`,
);

/** Keeps an answer to the request that the statement before it has answered. */
const KEEP_ANSWER = `
  ON CONFLICT (question_digest) DO UPDATE
  SET decision = excluded.decision, answered_at_ms = excluded.answered_at_ms,
      authorization_id = excluded.authorization_id, expires_at_ms = excluded.expires_at_ms`;

const FORGET_REQUEST = `
  user_code_digest = NULL, client_name = NULL, address = NULL, user_agent = NULL, holder = NULL`;

const approveStatement = writeStatement(
  'approve_device_request',
  `WITH signed_in AS MATERIALIZED (${HOLD_SIGNED_IN}),
   approved AS (
     UPDATE "authorization" a
     SET state = 'approved', user_id = $1, user_version = $2, sign_in_session_id = $3, ${FORGET_REQUEST}
     WHERE a.id = $4 AND a.state = 'pending' AND a.expires_at_ms > $5 AND EXISTS (SELECT 1 FROM signed_in)
     RETURNING a.id),
   kept AS (
     INSERT INTO answer (question_digest, decision, answered_at_ms, authorization_id, expires_at_ms)
     SELECT $6, 'allow', $5, approved.id, $7 FROM approved ${KEEP_ANSWER})
   SELECT EXISTS (SELECT 1 FROM signed_in) AS "isSignedIn", EXISTS (SELECT 1 FROM approved) AS "isApproved"`,
  'repeat',
);

const denyStatement = writeStatement(
  'deny_device_request',
  `WITH denied AS (
     UPDATE "authorization" a SET state = 'denied', ${FORGET_REQUEST}
     WHERE a.id = $1 AND a.state = 'pending' AND a.expires_at_ms > $2 RETURNING a.id)
   INSERT INTO answer (question_digest, decision, answered_at_ms, authorization_id, expires_at_ms)
   SELECT $3, 'deny', $2, NULL, $4 FROM denied ${KEEP_ANSWER}
   RETURNING question_digest`,
  'repeat',
);

interface Request {
  readonly id: number;
  readonly authorization: NewAuthorization;
  readonly request: NewDeviceRequest;
  readonly holder: Uint8Array;
}

/** Requests of devices, from the start to the answer. */
export class DeviceRequests {
  readonly #database: Database;
  readonly #insert: Write<Request>;
  readonly #attempts: Attempts;
  readonly #bound: PendingBound;

  constructor(database: Database, attempts: Attempts, bound: PendingBound) {
    this.#database = database;
    this.#attempts = attempts;
    this.#bound = bound;
    this.#insert = database.batch({
      ...{ statement: insertStatement, keyColumn: 'id', key: ({ id }) => id },
      values: valuesOf,
    });
  }

  async insert(
    authorization: NewAuthorization,
    request: NewDeviceRequest,
  ): Promise<InsertDeviceRequestOutcome> {
    const { createdAtMs, salt } = authorization;
    const { userCodeDigest, address } = request;
    await this.#bound.makeRoom(createdAtMs);
    return withNewId<InsertDeviceRequestOutcome>(createdAtMs, async (id) => {
      const holder = addressKey(address);
      const { row } = await this.#insert({ id, authorization, request, holder });
      if (row !== undefined) return { kind: 'inserted', id };
      const [present] = await this.#database.read(findSaltStatement, [id]);
      if (present !== undefined) {
        // It is the row of a try whose answer was lost, or one that has taken the id.
        const isOwn = Buffer.compare(present['salt'] as Uint8Array, salt) === 0;
        return isOwn ? { kind: 'inserted', id } : undefined;
      }
      const [holderOfCode] = await this.#database.read(hasUserCodeStatement, [userCodeDigest]);
      return holderOfCode && { kind: 'userCodeTaken' };
    });
  }

  /**
   * An attempt is taken before anything is looked for, and given back where something is found: so guesses that come at once
   * find no more than guesses that come one after the other.
   */
  async find(search: DeviceRequestSearch, nowMs: number): Promise<FindDeviceRequestOutcome> {
    const { userCodeDigests, questionDigests, attempts } = search;
    const untilMs = await this.#attempts.take(attempts, nowMs);
    const outcome = await this.#look(untilMs === undefined ? userCodeDigests : [], questionDigests, nowMs);
    if (untilMs === undefined) {
      if (outcome === undefined) return { kind: 'unknown' };
      await this.#attempts.giveBack(attempts.map(({ subject }) => ({ subject, reset: false })));
    }
    return outcome ?? { kind: 'limited', untilMs: untilMs as number };
  }

  async #look(
    userCodeDigests: readonly Uint8Array[],
    questionDigests: readonly Uint8Array[],
    nowMs: number,
  ): Promise<FindDeviceRequestOutcome | undefined> {
    const rows = await this.#database.read(findStatement, [userCodeDigests, nowMs]);
    const found = firstOf(userCodeDigests, rows as unknown as readonly (DeviceRequestRow & WithDigest)[]);
    if (found !== undefined) {
      const { digest: _, ...row } = found;
      return { kind: 'found', row };
    }
    const answer = await findAnswer(this.#database, questionDigests, nowMs);
    return answer && { kind: 'answeredBefore', answer };
  }

  async approve(
    id: number,
    approval: Approval,
    answer: NewAnswer,
    nowMs: number,
  ): Promise<'approved' | 'signedOut' | 'unknown'> {
    const values = [...approvalValues(approval), id, nowMs, digestOf(answer), answer.expiresAtMs];
    const { rows, afterLoss } = await this.#database.writeOnce(approveStatement, values);
    const [row] = rows;
    if (row?.['isApproved'] === true) return 'approved';
    if (afterLoss && (await this.#isKept(answer, { decision: 'allow', id, nowMs }))) return 'approved';
    return row?.['isSignedIn'] === true ? 'unknown' : 'signedOut';
  }

  async deny(id: number, answer: NewAnswer, nowMs: number): Promise<boolean> {
    const values = [id, nowMs, digestOf(answer), answer.expiresAtMs];
    const { rows, afterLoss } = await this.#database.writeOnce(denyStatement, values);
    if (rows.length > 0 || !afterLoss) return rows.length > 0;
    return this.#isKept(answer, { decision: 'deny', id: null, nowMs });
  }

  /** Whether an answer is there which a try has kept whose own answer was lost. */
  async #isKept(
    { questionDigests }: NewAnswer,
    {
      decision,
      id,
      nowMs,
    }: { readonly decision: 'allow' | 'deny'; readonly id: number | null; readonly nowMs: number },
  ): Promise<boolean> {
    const kept = await findAnswer(this.#database, questionDigests, nowMs);
    return kept?.decision === decision && kept.authorizationId === id && kept.answeredAtMs === nowMs;
  }
}

function valuesOf({ id, authorization, request, holder }: Request): readonly Value[] {
  const { salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs } = authorization;
  const { userCodeDigest, address, userAgent } = request;
  return [
    ...[id, salt, clientId, scopes, createdAtMs, codeExpiresAtMs],
    ...[userCodeDigest, clientName, address, userAgent, holder],
  ];
}
