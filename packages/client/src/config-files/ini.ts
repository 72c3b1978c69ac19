/** A section of a shared configuration file. */
export interface IniSection {
  /** Text between the brackets, e.g. `profile dev`. */
  readonly heading: string;
  /** Values by key. A key that has nested settings has an empty value. */
  readonly values: ReadonlyMap<string, string>;
  /** Nested settings: those indented under a key without a value, e.g. `endpoint_url` under `sts`. */
  readonly nested: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Place and reason of what botocore refuses in the section. Undefined: botocore reads it. */
  readonly fault: string | undefined;
}

export interface IniFile {
  readonly sections: readonly IniSection[];
  /** Place and reason of what botocore refuses outside of every section, or in `[DEFAULT]`. */
  readonly fault: string | undefined;
}

/** A line of a value, and its number in the file. */
type ValueLine = readonly [text: string, number: number];

interface RawSection {
  readonly number: number;
  readonly settings: Map<string, ValueLine[]>;
  fault?: string;
}

// White space as Python has it, which is not what `\s` means in JavaScript.
const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const edges = new RegExp(`^${space}+|${space}+$`, 'g');
const indentation = new RegExp(`^${space}*`);
const lineBreak = /\r\n|[\r\n]/;
/** What Python's `str.splitlines` breaks a line at, apart from `lineBreak`. */
const nestedBreak = new RegExp(`[${'\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'}]`);
/** Settings in this section count in every section that does not have them itself. */
const defaultsHeading = 'DEFAULT';

/**
 * Parses the INI dialect of botocore, that is `configparser.RawConfigParser` of Python: `[section]`, then `key = value`
 * or `key : value`. Comments are whole lines that begin with `#` or `;`. A line that is indented deeper than the key
 * above it continues the value or, under a key without a value, is a nested setting. Keys become lower case, those of
 * nested settings do not.
 *
 * Botocore reads nothing of a file with a fault. Here a fault counts only for the section in which it stands.
 *
 * @param file path, for the text of faults
 * @param isUtf8 whether the text was decoded without replacement characters
 */
export function parseIni(text: string, file: string, isUtf8 = true): IniFile {
  const sections = new Map<string, RawSection>();
  const defaults: RawSection = { number: 0, settings: new Map() };
  let section: RawSection | undefined;
  let value: ValueLine[] | undefined;
  let indent = 0;

  /** @param owner `defaults` for what counts for the whole file */
  function refuse(owner: RawSection, number: number, problem: string): void {
    owner.fault ??= `"${file}", line ${number}: ${problem}`;
  }

  function open(heading: string, number: number): RawSection {
    value = undefined;
    if (heading === defaultsHeading) return defaults;
    const earlier = sections.get(heading);
    if (earlier)
      refuse(earlier, number, `[${heading}] is also in line ${earlier.number}; join both sections in one`);
    const opened = earlier ?? { number, settings: new Map() };
    sections.set(heading, opened);
    return opened;
  }

  function take(line: string, number: number): void {
    const content = strip(line);
    if (/^[#;]/.test(content)) return;
    const depth = indentation.exec(line)?.[0].length ?? 0;
    if (content === '' || (value !== undefined && depth > indent)) {
      value?.push([content, number]);
      return;
    }
    indent = depth;
    const close = content.startsWith('[') ? content.lastIndexOf(']') : 0;
    const delimiter = content.search(/[=:]/);
    if (close > 1) section = open(content.slice(1, close), number);
    else if (close === -1 && delimiter === -1) {
      section = open(strip(content.slice(1)), number);
      refuse(section, number, 'expected a section such as [profile dev]');
    } else if (section === undefined) {
      refuse(defaults, number, 'expected a section such as [profile dev] before the first setting');
    } else {
      const key = strip(content.slice(0, Math.max(delimiter, 0))).toLowerCase();
      const earlier = section.settings.get(key)?.[0];
      if (key === '') refuse(section, number, 'expected "key = value" or "key : value"');
      else if (earlier)
        refuse(section, number, `"${key}" is also in line ${earlier[1]}; delete one of the two`);
      value = [[strip(content.slice(delimiter + 1)), number]];
      section.settings.set(key, value);
    }
  }

  if (text.startsWith('\uFEFF'))
    refuse(defaults, 1, 'the file begins with a byte order mark; save it as UTF-8 without one');
  const lines = text.replace(/^\uFEFF/, '').split(lineBreak);
  for (const [index, line] of lines.entries()) {
    take(line, index + 1);
    if (!isUtf8 && line.includes('\uFFFD'))
      refuse(section ?? defaults, index + 1, 'it is not UTF-8; save the file as UTF-8');
  }

  return {
    fault: defaults.fault,
    sections: Array.from(sections, ([heading, raw]) => {
      const settings = new Map([...defaults.settings, ...raw.settings]);
      const { values, nested } = joined(settings, (number, problem) => refuse(raw, number, problem));
      return { heading, values, nested, fault: raw.fault };
    }),
  };
}

/** Joins the lines of values, and finds the nested settings. */
function joined(
  settings: ReadonlyMap<string, readonly ValueLine[]>,
  refuse: (number: number, problem: string) => void,
): Pick<IniSection, 'values' | 'nested'> {
  const values = new Map<string, string>();
  const nested = new Map<string, Map<string, string>>();
  for (const [key, lines] of settings) {
    const value = strip(lines.map(([text]) => text).join('\n'));
    const isNested = lines[0]?.[0] === '' && value !== '';
    values.set(key, isNested ? '' : value);
    if (!isNested) continue;
    const inner = new Map<string, string>();
    nested.set(key, inner);
    for (const [line, number] of lines) {
      for (const text of line.split(nestedBreak).map(strip)) {
        const at = text.indexOf('=');
        if (at !== -1) inner.set(strip(text.slice(0, at)), strip(text.slice(at + 1)));
        else if (text !== '') refuse(number, `expected "key = value" under "${key}"`);
      }
    }
  }
  return { values, nested };
}

function strip(text: string): string {
  return text.replace(edges, '');
}
