import type {
  AnswerRow,
  Approval,
  CodeBinding,
  InsertApprovedOutcome,
  NewAnswer,
  NewAuthorization,
} from '../../store.ts';
import type { Database } from '../database.ts';
import { StatementFailure } from '../failure.ts';
import { withNewId } from '../row-id.ts';
import { readStatement, writeStatement } from '../statement.ts';
import { approvalValues, HOLD_SIGNED_IN, SIGNED_IN } from './authorizations.ts';

const findStatement = readStatement(
  'find_answer',
  `SELECT question_digest AS digest, decision, answered_at_ms AS "answeredAtMs", authorization_id AS "authorizationId"
   FROM answer WHERE question_digest = ANY ($1::bytea[]) AND expires_at_ms > $2`,
);

/**
 * Keeps an answer, but in place of one that has not expired: of two at once, the second waits for the first, and keeps
 * nothing.
 */
const UNLESS_ANSWERED = `
  ON CONFLICT (question_digest) DO UPDATE
  SET decision = excluded.decision, answered_at_ms = excluded.answered_at_ms,
      authorization_id = excluded.authorization_id, expires_at_ms = excluded.expires_at_ms
  WHERE answer.expires_at_ms <= excluded.answered_at_ms`;

const isSignedInStatement = readStatement('is_signed_in', SIGNED_IN);

const insertApprovedStatement = writeStatement(
  'insert_approved_authorization',
  `WITH signed_in AS MATERIALIZED (${HOLD_SIGNED_IN}),
   kept AS (
     INSERT INTO answer (question_digest, decision, answered_at_ms, authorization_id, expires_at_ms)
     SELECT $12, 'allow', $8, $4, $14
     WHERE EXISTS (SELECT 1 FROM signed_in)
       AND NOT EXISTS (SELECT 1 FROM answer WHERE question_digest = ANY ($13::bytea[]) AND expires_at_ms > $8)
     ${UNLESS_ANSWERED}
     RETURNING authorization_id)
   INSERT INTO "authorization" (id, salt, client_id, scopes, created_at_ms, expires_at_ms, state,
                                user_id, user_version, sign_in_session_id, redirect_uri, code_challenge, registered_name)
   SELECT kept.authorization_id, $5, $6, $7, $8, $9, 'approved', $1, $2, $3, $10, $11, $15 FROM kept
   RETURNING id`,
  'repeat',
);

const insertDenialStatement = writeStatement(
  'insert_denial',
  `INSERT INTO answer (question_digest, decision, answered_at_ms, authorization_id, expires_at_ms)
   SELECT $1, 'deny', $3, NULL, $4
   WHERE NOT EXISTS (SELECT 1 FROM answer WHERE question_digest = ANY ($2::bytea[]) AND expires_at_ms > $3)
   ${UNLESS_ANSWERED}
   RETURNING question_digest`,
  'repeat',
);

export async function findAnswer(
  database: Database,
  questionDigests: readonly Uint8Array[],
  nowMs: number,
): Promise<AnswerRow | undefined> {
  const rows = await database.read(findStatement, [questionDigests, nowMs]);
  const row = firstOf(questionDigests, rows as unknown as readonly (AnswerRow & WithDigest)[]);
  if (row === undefined) return undefined;
  const { digest: _, ...answer } = row;
  return answer;
}

export function insertApprovedAuthorization(
  database: Database,
  authorization: NewAuthorization,
  approval: Approval,
  { redirectUri, codeChallenge }: CodeBinding,
  answer: NewAnswer,
): Promise<InsertApprovedOutcome> {
  const { salt, clientId, clientName, scopes, createdAtMs, codeExpiresAtMs } = authorization;
  const { questionDigests, expiresAtMs } = answer;
  return withNewId<InsertApprovedOutcome>(createdAtMs, async (id) => {
    const values = [
      ...[...approvalValues(approval), id, salt, clientId, scopes, createdAtMs, codeExpiresAtMs],
      ...[redirectUri, codeChallenge, digestOf(answer), questionDigests, expiresAtMs, clientName],
    ];
    const outcome = await database.writeOnce(insertApprovedStatement, values).catch(refusedForId);
    if (outcome === undefined) return undefined;
    if (outcome.rows.length > 0) return { kind: 'approved', id };
    const before = await findAnswer(database, questionDigests, createdAtMs);
    if (before === undefined) return whySignedOut(database, approval);
    // It is the one of a try whose answer was lost.
    if (outcome.afterLoss && before.authorizationId === id) return { kind: 'approved', id };
    const isSignedIn = (await database.read(isSignedInStatement, [...approvalValues(approval)])).length > 0;
    return isSignedIn ? { kind: 'answeredBefore', answer: before } : { kind: 'signedOut' };
  });
}

/** Where neither an answer is there nor the person signed out, an answer was just swept: another try finds a place. */
async function whySignedOut(
  database: Database,
  approval: Approval,
): Promise<InsertApprovedOutcome | undefined> {
  const [row] = await database.read(isSignedInStatement, [...approvalValues(approval)]);
  return row === undefined ? { kind: 'signedOut' } : undefined;
}

/** @returns `undefined` where another row has the id */
function refusedForId(error: unknown): undefined {
  if (error instanceof StatementFailure && error.constraint === 'authorization_pkey') return undefined;
  throw error;
}

export async function insertDenial(
  database: Database,
  answer: NewAnswer,
  nowMs: number,
): Promise<AnswerRow | undefined> {
  const { questionDigests, expiresAtMs } = answer;
  const values = [digestOf(answer), questionDigests, nowMs, expiresAtMs];
  const { rows, afterLoss } = await database.writeOnce(insertDenialStatement, values);
  if (rows.length > 0) return undefined;
  const before = await findAnswer(database, questionDigests, nowMs);
  const isOwn = afterLoss && before?.decision === 'deny' && before.answeredAtMs === nowMs;
  return isOwn ? undefined : before;
}

/** A row that was found by one of several digests. */
export interface WithDigest {
  readonly digest: Uint8Array;
}

/** The row that was found by the first of the digests that has one. */
export function firstOf<Row extends WithDigest>(
  digests: readonly Uint8Array[],
  rows: readonly Row[],
): Row | undefined {
  const byDigest = digests.map((digest) => rows.find((row) => Buffer.compare(row.digest, digest) === 0));
  return byDigest.find((row) => row !== undefined);
}

/** The digest that an answer is kept under. */
export function digestOf({ questionDigests: [digest] }: NewAnswer): Uint8Array {
  if (digest === undefined) throw new TypeError('An answer needs a digest to be kept under');
  return digest;
}
