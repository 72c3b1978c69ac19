import { parseObject } from '../parse-keys.ts';
import type { ErrorAnswer } from './service-call.ts';

/** Parses the body of an error answer as JSON. Any other text gives no name and no message. */
export function parseJsonError(text: string): ErrorAnswer {
  const { __type: type, message, error_description: description } = parseObject(text);
  return { name: textIn(type), message: textIn(message) ?? textIn(description) };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
