import type { GenericSchema } from 'valibot';
import { MASTER_SECRET_VARIABLES } from '../keys/read-master-secrets.ts';
import type { ConfigProblem } from './config-error.ts';
import { findNearMatch } from './near-match.ts';
import { isList, isListOfMappings, listSettings, mappingIn, type Setting } from './settings-tree.ts';

const prefix = 'LATCHKEY_';
/** Variables that are read elsewhere. A master secret is in no file of settings. */
const noSettings: readonly string[] = ['LATCHKEY_CONFIG', ...MASTER_SECRET_VARIABLES];

/** @returns what the person wrote to give a variable's value: an option of the command line, or the variable itself */
export function givenBy(variable: string, options: Readonly<Record<string, string>> = {}): string {
  return options[variable] ?? variable;
}

/** A setting that an environment variable gives. */
export interface EnvironmentSetting {
  readonly variable: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** @returns `LATCHKEY_` and the path in upper snake case, e.g. `LATCHKEY_LIFETIMES_ACCESS_TOKEN` for `lifetimes.accessToken` */
export function environmentVariable(path: readonly string[]): string {
  const words = path.flatMap((key) => key.split(/(?=[A-Z])/));
  return prefix + words.join('_').toUpperCase();
}

/** Reads every `LATCHKEY_` variable. A variable that names no setting is a problem, like an unknown key of the file. */
export function readEnvironment(
  schema: GenericSchema,
  env: Readonly<Record<string, string | undefined>>,
): { readonly settings: readonly EnvironmentSetting[]; readonly problems: readonly ConfigProblem[] } {
  const known = new Map(listSettings(schema).map((setting) => [environmentVariable(setting.path), setting]));
  const settings: EnvironmentSetting[] = [];
  const problems: ConfigProblem[] = [];
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || noSettings.includes(variable) || text === undefined) continue;
    const setting = known.get(variable);
    if (setting !== undefined && isListOfMappings(setting.schema)) {
      const value = parseJson(text);
      if (value === undefined) problems.push({ source: variable, message: 'expected a list, as JSON' });
      else settings.push({ variable, path: setting.path, value });
    } else if (setting !== undefined) {
      settings.push({ variable, path: setting.path, value: readValue(setting, text) });
    } else if (!isServiceLink(variable, text)) {
      const near = findNearMatch(
        withoutPrefix(variable),
        [...noSettings, ...known.keys()].map(withoutPrefix),
      );
      const hint = near === undefined ? '' : `; did you mean "${prefix}${near}"?`;
      problems.push({ source: variable, message: `no such setting${hint}` });
    }
  }
  return { settings, problems };
}

function withoutPrefix(variable: string): string {
  return variable.slice(prefix.length);
}

/** @returns `undefined` when the text is not JSON; a message would quote the text, which may hold a password hash */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text that does not fit the setting stays text, so that validation refuses it. */
function readValue({ schema }: Setting, text: string): unknown {
  if (isList(schema)) {
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  if (mappingIn(schema) !== undefined && text.startsWith('{')) return parseJson(text) ?? text;
  if (schema.type === 'number' && /^\d+$/.test(text)) return Number(text);
  if (schema.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Variables with which Kubernetes and Docker tell other containers about a service named `latchkey`, e.g. `LATCHKEY_PORT`. */
function isServiceLink(variable: string, value: string): boolean {
  return (
    /_SERVICE_(HOST|PORT(_\w+)?)$/.test(variable) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(variable) ||
    (variable.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value))
  );
}
