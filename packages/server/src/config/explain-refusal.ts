import type { LargeChange } from './directory-guard.ts';
import type { LoadedConfig } from './load-config.ts';

const MAX_NAMES = 10;
const CONFIRM_VARIABLE = 'LATCHKEY_CONFIRMED_CHANGE';

/** @returns e.g. `ends the access of 23 of 150 people (removed or disabled: 20, without their password: 3): alice, bob, …` */
export function describeLargeChange({ people, ended }: LargeChange): string {
  const counts = [
    ['removed or disabled', 'user'],
    ['with another password or none', 'password'],
    ['without any role', 'roles'],
  ].map(([words, kind]) => ({ words, count: ended.filter(({ lost }) => lost === kind).length }));
  const kinds = counts.filter(({ count }) => count > 0).map(({ words, count }) => `${words}: ${count}`);
  const names = ended.slice(0, MAX_NAMES).map(({ userName }) => userName);
  const more = ended.length > MAX_NAMES ? ` and ${ended.length - MAX_NAMES} more` : '';
  return `ends the access of ${ended.length} of ${people} people (${kinds.join(', ')}): ${names.join(', ')}${more}`;
}

/**
 * @param file - as the person would name it; `undefined` when there is none
 * @returns what to do, e.g. `add this line to latchkey.yaml`, and the text to add
 */
export function howToConfirm(
  { name }: LargeChange,
  { config, text }: LoadedConfig,
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): { readonly what: string; readonly line: string } {
  if (file === undefined || env[CONFIRM_VARIABLE] !== undefined) {
    return { what: 'set this environment variable, and restart', line: `${CONFIRM_VARIABLE}=${name}` };
  }
  const { confirmedChange: before } = config;
  const where = before === undefined ? '' : `, in place of ${before}`;
  return text.trimStart().startsWith('{')
    ? { what: `add this to the mapping in ${file}${where}`, line: `"confirmedChange": "${name}",` }
    : { what: `add this line to ${file}${where}`, line: `confirmedChange: ${name}` };
}
