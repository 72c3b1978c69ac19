import { type Finding, renderPath } from './check-values.ts';
import { renderHint } from './near-match.ts';
import { valueAt } from './settings-tree.ts';

/**
 * Checks the ids of clients: none is there twice, and every one that `deviceSignIn.clients` names is there.
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
  const known = new Set(ids.filter((id) => typeof id === 'string'));
  const missing = listAt(content, ['deviceSignIn', 'clients']).flatMap((id, index): Finding[] => {
    if (typeof id !== 'string' || known.has(id)) return [];
    const at = ['deviceSignIn', 'clients', index];
    const message = `${renderPath(at)}there is no client "${id}" under clients${renderHint(id, known)}`;
    return [{ path: at, part: 'value', message }];
  });
  return [...repeated, ...missing];
}

function listAt(content: unknown, path: readonly string[]): readonly unknown[] {
  const value = valueAt(content, path);
  return Array.isArray(value) ? value : [];
}
