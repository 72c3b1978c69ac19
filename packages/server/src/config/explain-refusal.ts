import type { LargeChange } from './directory-guard.ts';
import { type ConfigSources, displayPath, type LoadedConfig } from './load-config.ts';

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

/** How a person confirms a change. */
export interface WaysToConfirm {
  /** The command line for the machine of the server. */
  readonly command: string;
  /** What else to do, e.g. `add this line to latchkey.yaml`, and the text for that. */
  readonly what: string;
  readonly line: string;
}

export function waysToConfirm(
  { name }: LargeChange,
  { config, text }: Pick<LoadedConfig, 'config' | 'text'>,
  { env, cwd }: Pick<ConfigSources, 'env' | 'cwd'>,
): WaysToConfirm {
  const { file, dataDir, confirmedChange: before } = config;
  const options = [...(file === undefined ? [] : ['--config', file]), '--data-dir', dataDir];
  const command = ['latchkey check --confirm', ...options.map(quote)].join(' ');
  if (file === undefined || env[CONFIRM_VARIABLE] !== undefined) {
    const what = 'set this environment variable, and restart';
    return { command, what, line: `${CONFIRM_VARIABLE}=${name}` };
  }
  const where = `${displayPath(file, cwd)}${before === undefined ? '' : `, in place of ${before}`}`;
  return text?.isJson
    ? { command, what: `add this to the mapping in ${where}`, line: `"confirmedChange": "${name}",` }
    : { command, what: `add this line to ${where}`, line: `confirmedChange: ${name}` };
}

function quote(argument: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(argument) ? argument : `"${argument}"`;
}
