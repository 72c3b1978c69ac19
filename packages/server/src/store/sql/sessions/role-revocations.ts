import type { RoleInAccount } from '../../port/directory.ts';
import { get, run, type Work } from '../work.ts';

/** @see RoleRevocations.revokeRole */
export function* revokeRole({ accountId, roleName }: RoleInAccount, issuedBeforeMs: number): Work<void> {
  yield* run(
    `INSERT INTO role_revocation (account_id, role_name, issued_before_ms) VALUES (?, ?, ?)
     ON CONFLICT (account_id, role_name) DO UPDATE SET issued_before_ms = excluded.issued_before_ms
     WHERE excluded.issued_before_ms > role_revocation.issued_before_ms`,
    ...[accountId, roleName, issuedBeforeMs],
  );
}

/** @see RoleRevocations.findRoleRevocation */
export function* findRoleRevocation({ accountId, roleName }: RoleInAccount): Work<number | undefined> {
  const row = yield* get<{ readonly issuedBeforeMs: number }>(
    'SELECT issued_before_ms AS "issuedBeforeMs" FROM role_revocation WHERE account_id = ? AND role_name = ?',
    ...[accountId, roleName],
  );
  return row?.issuedBeforeMs;
}
