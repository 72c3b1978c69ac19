import { styleText } from 'node:util';
import type { Answer, Ask } from './message.ts';

/** Length to which long values are shortened: enough to recognise them. */
const SHOWN_CHARACTERS = 28;
const INDENT = '    ';

/** Prints the heading of a step, and what it is for. */
export function printStep(number: number, title: string, why: string): void {
  process.stdout.write(`\n${styleText('bold', `${number}. ${title}`)}\n   ${why}\n`);
}

/** Prints a request and its answer, with long values shortened. */
export function printExchange({ method, path, headers = {}, body }: Ask, answer: Answer): void {
  const lines = [
    styleText('cyan', `--> ${method} ${shorten(path)}`),
    ...shownHeaders(headers).map((header) => `${INDENT}${header}`),
    ...(body === undefined || body === '' ? [] : [`${INDENT}${shorten(body)}`]),
    styleText(answer.status < 400 ? 'green' : 'yellow', `<-- ${answer.status}${describe(answer)}`),
  ];
  process.stdout.write(`${lines.map((line) => `   ${line}`).join('\n')}\n`);
}

export function printResult(text: string): void {
  process.stdout.write(`   ${styleText('bold', text)}\n`);
}

const SHOWN_HEADERS = ['authorization', 'x-amz-sso_bearer_token'];

function shownHeaders(headers: Readonly<Record<string, string>>): string[] {
  return SHOWN_HEADERS.filter((name) => headers[name] !== undefined).map(
    (name) => `${name}: ${shorten(headers[name] ?? '')}`,
  );
}

function describe({ headers, body }: Answer): string {
  const location = headers.get('location');
  if (location !== null) return ` to ${shorten(location)}`;
  const title = /<title>([^<]*)/.exec(body)?.[1];
  if (title !== undefined) return ` page "${title}"`;
  const error = headers.get('x-amzn-errortype');
  return `${error === null ? '' : ` ${error}`}${body === '' ? '' : `\n   ${INDENT}${shorten(body.replace(/\s+/g, ' '))}`}`;
}

function shorten(text: string): string {
  return text.replace(
    new RegExp(`[\\w%+/=-]{${SHOWN_CHARACTERS + 8},}`, 'g'),
    (long) => `${long.slice(0, SHOWN_CHARACTERS)}…`,
  );
}
