import { type Finding, renderPath } from './check-values.ts';
import { renderHint } from './near-match.ts';
import { type Path, valueAt } from './settings-tree.ts';

/** What `clients` of a rule of the policy calls the clients that registered themselves. */
const UNKNOWN_CLIENTS = 'unknown';

/**
 * Checks the ids of clients: none is there twice, and every one that `deviceSignIn.clients` or a rule of the policy names is there.
 *
 * @param content - as read, not validated
 */
export function checkKnownClients(content: unknown): Finding[] {
  const ids = listAt(content, ['clients']).map((client) => valueAt(client, ['id']));
  const repeated = ids.flatMap((id, index): Finding[] => {
    const first = ids.indexOf(id);
    if (typeof id !== 'string' || first === index) return [];
    const at = ['clients', index, 'id'];
    const message = `${renderPath(at)}client "${id}" is defined twice, first at clients[${first}].id`;
    return [{ path: at, part: 'value', message }];
  });
  const reserved = ids.flatMap((id, index): Finding[] => {
    if (id !== UNKNOWN_CLIENTS) return [];
    const at = ['clients', index, 'id'];
    const message = `${renderPath(at)}no client can have the id "unknown": in a rule of the policy it means all that registered themselves`;
    return [{ path: at, part: 'value', message }];
  });
  const known = new Set(ids.filter((id) => typeof id === 'string'));
  const findMissing = (path: Path, alsoKnown?: string) =>
    listAt(content, path).flatMap((id, index): Finding[] => {
      if (typeof id !== 'string' || known.has(id) || id === alsoKnown) return [];
      const at = [...path, index];
      const message = `${renderPath(at)}there is no client "${id}" under clients${renderHint(id, known)}`;
      return [{ path: at, part: 'value', message }];
    });
  const missing = [
    ...findMissing(['deviceSignIn', 'clients']),
    ...listAt(content, ['policy']).flatMap((_, index) =>
      findMissing(['policy', index, 'clients'], UNKNOWN_CLIENTS),
    ),
  ];
  return [...repeated, ...reserved, ...missing];
}

function listAt(content: unknown, path: Path): readonly unknown[] {
  const value = valueAt(content, path);
  return Array.isArray(value) ? value : [];
}
