import type { ListedSession } from '../../store/port/session-lists.ts';
import { renderSessionId } from './session-id.ts';

/** A session as `--json` prints it, documented in docs/sessions.md. Instants are in ISO 8601. */
export function describeSession(session: ListedSession) {
  const { kind, userId, userName, state, clientName, place, signInSessionId } = session;
  const { createdAtMs, usedAtMs, expiresAtMs, endedAtMs } = session;
  return {
    ...{ id: renderSessionId(session), kind, userId },
    ...(userName !== undefined && { userName }),
    ...(clientName !== undefined && { client: clientName }),
    ...(signInSessionId !== undefined && {
      browser: renderSessionId({ kind: 'browser', id: signInSessionId }),
    }),
    ...place,
    state,
    createdAt: toInstant(createdAtMs),
    usedAt: toInstant(usedAtMs),
    expiresAt: toInstant(expiresAtMs),
    ...(endedAtMs !== undefined && { endedAt: toInstant(endedAtMs) }),
  };
}

export const sessionHeader = ['SESSION', 'USER', 'CLIENT', 'ADDRESS', 'SINCE', 'LAST USED', 'USER AGENT'];

/** A session as a row of a table. */
export function sessionRow(session: ListedSession): readonly string[] {
  const { userId, userName = userId, kind, clientName = '', place, createdAtMs, usedAtMs } = session;
  return [
    ...[renderSessionId(session), userName, kind === 'browser' ? '' : clientName, place?.address ?? ''],
    ...[toMinute(createdAtMs), toMinute(usedAtMs), place?.userAgent ?? ''],
  ];
}

export function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

function toMinute(ms: number): string {
  return `${toInstant(ms).slice(0, 16)}Z`;
}
