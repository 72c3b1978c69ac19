import { isDeepStrictEqual } from 'node:util';
import { compareKeys } from '../../../directory/compare-keys.ts';
import { nameKey } from '../../../directory/name-key.ts';
import type { EmailAddress, ExternalId } from '../../port/directory.ts';
import type { Changed } from '../../port/directory-change.ts';

/** The values after a change: `null` removes one. */
export function withChanges<Values extends object>(values: Values, changes: Changed<Values>): Values {
  const changed = Object.entries({ ...values, ...changes }).filter(([, value]) => value != null);
  return Object.fromEntries(changed) as Values;
}

/** Whether values say the same, in whatever order their lists are. */
export function saySame<Values extends object>(left: Values, right: Values): boolean {
  return isDeepStrictEqual(sorted(left), sorted(right));
}

function sorted(values: {
  readonly emails?: readonly EmailAddress[];
  readonly externalIds?: readonly ExternalId[];
}): object {
  const { emails, externalIds } = values;
  return {
    ...values,
    emails: emails?.toSorted((a, b) => compareKeys(nameKey(a.address), nameKey(b.address))),
    externalIds: externalIds?.toSorted((a, b) => compareKeys(a.issuer, b.issuer)),
  };
}

/** @throws {TypeError} where a key is there twice */
export function requireDistinct(keys: readonly string[], what: string): void {
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated !== undefined) throw new TypeError(`Cannot keep two ${what} "${repeated}" in one entry`);
}
