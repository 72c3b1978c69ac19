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
  const whole: { fault?: string } = {};
  const sections = new Map<string, RawSection>();
  const defaults: RawSection = { number: 0, settings: new Map() };
  let section: RawSection | undefined;
  let value: ValueLine[] | undefined;
  let indent = 0;
  const place = (number: number, problem: string) => `"${file}", line ${number}: ${problem}`;

  function open(heading: string, number: number): void {
    value = undefined;
    section = heading === defaultsHeading ? defaults : sections.get(heading);
    const earlier = section !== defaults && section?.number;
    section ??= { number, settings: new Map() };
    if (section !== defaults) sections.set(heading, section);
    if (earlier) refuse(number, `[${heading}] is also in line ${earlier}; join both sections in one`);
  }

  function refuse(number: number, problem: string): void {
    const owner = section === undefined || section === defaults ? whole : section;
    owner.fault ??= place(number, problem);
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
    const close = content.lastIndexOf(']');
    const delimiter = content.search(/[=:]/);
    if (content.startsWith('[') && close > 1) open(content.slice(1, close), number);
    else if (content.startsWith('[') && close === -1 && delimiter === -1) {
      open(strip(content.slice(1)), number);
      refuse(number, 'expected a section such as [profile dev]');
    } else if (section === undefined) {
      refuse(number, 'expected a section such as [profile dev] before the first setting');
    } else {
      set(
        section,
        strip(content.slice(0, Math.max(delimiter, 0))).toLowerCase(),
        content.slice(delimiter + 1),
        number,
      );
    }
  }

  function set({ settings }: RawSection, key: string, text: string, number: number): void {
    const earlier = settings.get(key)?.[0];
    if (key === '') refuse(number, 'expected "key = value" or "key : value"');
    else if (earlier) refuse(number, `"${key}" is also in line ${earlier[1]}; delete one of the two`);
    value = [[strip(text), number]];
    settings.set(key, value);
  }

  if (text.startsWith('\uFEFF'))
    refuse(1, 'the file begins with a byte order mark; save it as UTF-8 without one');
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(lineBreak)
    .entries()) {
    take(line, index + 1);
    if (!isUtf8 && line.includes('\uFFFD')) refuse(index + 1, 'it is not UTF-8; save the file as UTF-8');
  }

  return {
    fault: whole.fault,
    sections: Array.from(sections, ([heading, raw]) => {
      const values = new Map<string, string>();
      const nested = new Map<string, Map<string, string>>();
      section = raw;
      for (const [key, lines] of new Map([...defaults.settings, ...raw.settings])) {
        values.set(key, strip(lines.map(([part]) => part).join('\n')));
        if (lines[0]?.[0] !== '' || values.get(key) === '') continue;
        values.set(key, '');
        const inner = new Map<string, string>();
        for (const [part, number] of lines.flatMap(([text, at]) =>
          text.split(nestedBreak).map((each): ValueLine => [strip(each), at]),
        )) {
          const at = part.indexOf('=');
          if (at !== -1) inner.set(strip(part.slice(0, at)), strip(part.slice(at + 1)));
          else if (part !== '') refuse(number, `expected "key = value" under "${key}"`);
        }
        nested.set(key, inner);
      }
      return { heading, values, nested, fault: raw.fault };
    }),
  };
}

function strip(text: string): string {
  return text.replace(edges, '');
}
