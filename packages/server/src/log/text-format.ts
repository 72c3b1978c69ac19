const nameByLevel: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

/** A JSON log line as a person reads it: time, level, message, and the rest as `name=value`. */
export function renderLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as {
    level: number;
    time: number;
    msg?: string;
    err?: { stack?: string };
  };
  const values = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const head = [
    new Date(time).toTimeString().slice(0, 8),
    (nameByLevel[level] ?? '').padEnd(5),
    msg,
    ...values,
  ];
  const stack = err?.stack === undefined ? '' : `\n${err.stack}`;
  return `${head.filter((part) => part !== undefined).join(' ')}${stack}\n`;
}
