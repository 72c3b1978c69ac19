const nameByLevel: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

/** Renders a JSON log line as text: time, level, message, and every other field as `name=value`. */
export function renderLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as {
    level: number;
    time: number;
    msg?: string;
    err?: { stack?: string };
  };
  const values = Object.entries(fields).map(([name, value]) => `${name}=${renderValue(value)}`);
  const head = [
    new Date(time).toTimeString().slice(0, 8),
    (nameByLevel[level] ?? '').padEnd(5),
    msg,
    ...values,
  ];
  const stack = err?.stack === undefined ? '' : `\n${err.stack}`;
  return `${head.filter((part) => part !== undefined).join(' ')}${stack}\n`;
}

/** Quotes and escapes values: strangers choose names and addresses, which must not look like other fields, lines or colours. */
function renderValue(value: unknown): string {
  if (typeof value === 'string' && /^[\w./:@+-]+$/.test(value)) return value;
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
