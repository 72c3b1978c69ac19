import { ClientError } from '../client-error.ts';

/** A section of a shared configuration file. */
export interface IniSection {
  /** Text between the brackets, e.g. `profile dev`. */
  readonly heading: string;
  readonly values: Map<string, string>;
  /** Nested settings: those indented under a key without a value, e.g. `endpoint_url` under `sts`. */
  readonly nested: Map<string, Map<string, string>>;
}

/**
 * Parses the INI dialect of AWS clients: `[section]`, `key = value`, comments after `#` and `;`. An indented line
 * continues the value above it or, under a key without a value, is a nested setting. Keys become lower case. A key or
 * section that is repeated adds to the earlier one.
 *
 * @param file path, for error messages
 * @throws {ClientError} `badConfiguration`, with file and line
 */
export function parseIni(text: string, file: string): IniSection[] {
  const sections = new Map<string, IniSection>();
  let section: IniSection | undefined;
  let key: string | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const fail = (problem: string): never => {
      throw new ClientError('badConfiguration', `Cannot read "${file}", line ${index + 1}: ${problem}`);
    };
    if (/^\s*([#;]|$)/.test(line)) continue;
    if (line.startsWith('[')) {
      const heading = /^\[([^\]]*)\]\s*([#;].*)?$/.exec(line)?.[1]?.trim();
      if (!heading) return fail('expected a section such as [profile dev]');
      section = sections.get(heading) ?? { heading, values: new Map(), nested: new Map() };
      sections.set(heading, section);
      key = undefined;
    } else if (section === undefined) {
      fail('expected a section such as [profile dev] before the first setting');
    } else if (/^\s/.test(line)) {
      if (key === undefined)
        return fail('expected "key = value" at the start of the line, without indentation');
      const above = section.values.get(key);
      if (above) {
        section.values.set(key, `${above}\n${line.trim()}`);
      } else {
        const [name, value] = setting(line) ?? fail(`expected "key = value" under "${key}"`);
        const nested = section.nested.get(key) ?? new Map<string, string>();
        section.nested.set(key, nested.set(name, value));
      }
    } else {
      const [name, value] = setting(line) ?? fail('expected "key = value"');
      key = name;
      section.values.set(name, value);
      section.nested.delete(name);
    }
  }
  return [...sections.values()];
}

function setting(line: string): [key: string, value: string] | undefined {
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(at, 0)).trim().toLowerCase();
  return key === ''
    ? undefined
    : [
        key,
        line
          .slice(at + 1)
          .replace(/\s[#;].*$/, '')
          .trim(),
      ];
}
