import type { Fields } from './form.ts';

/** What the portal is asked to show. */
export interface PortalQuery {
  /** Absent: all accounts. */
  readonly search?: string;
  /** Id of the account after which the list of accounts begins. */
  readonly after?: string;
  /** Id of the account that is open. Absent: the first of the list. */
  readonly account?: string;
  /** Name of the role after which the list of roles begins. */
  readonly afterRole?: string;
}

/** The most characters of a search; each link of the page repeats it. */
export const MAX_SEARCH_LENGTH = 64;

/** Names of the parameters in the portal's URL. */
const PARAMETERS = { search: 'q', after: 'after', account: 'account', afterRole: 'after_role' } as const;

/** Reads the query of the portal's URL. Of a search that is too long the beginning counts, which finds no less. */
export function parsePortalQuery(fields: Fields): PortalQuery {
  const read = (name: keyof PortalQuery) => fields.get(PARAMETERS[name])?.trim() || undefined;
  const search = read('search');
  const after = read('after');
  const account = read('account');
  const afterRole = read('afterRole');
  return {
    ...(search !== undefined && { search: [...search].slice(0, MAX_SEARCH_LENGTH).join('') }),
    ...(after !== undefined && /^\d{12}$/.test(after) && { after }),
    ...(account !== undefined && { account }),
    ...(afterRole !== undefined && { afterRole }),
  };
}

/** @returns path, query and the place to go to: the open account, where one is named */
export function renderPortalUrl(query: PortalQuery): string {
  const parameters = new URLSearchParams();
  for (const [name, parameter] of Object.entries(PARAMETERS)) {
    const value = query[name as keyof PortalQuery];
    if (value !== undefined) parameters.set(parameter, value);
  }
  const place = query.account === undefined ? '' : '#account';
  return `/${parameters.size > 0 ? `?${parameters}` : ''}${place}`;
}
