import type { Rendered, SourceFile } from './render-messages.ts';

/** Deno and editors recognise TypeScript by this media type. */
export const typeScript = 'application/typescript; charset=utf-8';
export const javaScript = 'text/javascript; charset=utf-8';
export const page = 'text/html; charset=utf-8';

export function renderJson(value: unknown, sources: readonly SourceFile[] = []): Rendered {
  const body = `${JSON.stringify(value)}\n`;
  return { status: 200, contentType: 'application/json; charset=utf-8', body, headers: {}, sources };
}

export function renderText(status: number, body: string): Rendered {
  return { status, contentType: 'text/plain; charset=utf-8', body, headers: {}, sources: [] };
}

export function redirect(location: string): Rendered {
  return { ...renderText(302, `${location}\n`), headers: { location } };
}
