import type { ErrorAnswer } from './service-call.ts';

/** Reads the body of an error that is JSON, if it is. */
export function parseJsonError(text: string): ErrorAnswer {
  try {
    const { __type, message, error_description: description } = JSON.parse(text);
    return { name: __type?.split('#').at(-1), message: message ?? description };
  } catch {
    return {};
  }
}
