/** Deno and editors take TypeScript by this name. */
export const typeScript = 'application/typescript; charset=utf-8';
export const javaScript = 'text/javascript; charset=utf-8';
export const json = 'application/json; charset=utf-8';
export const text = 'text/plain; charset=utf-8';
export const page = 'text/html; charset=utf-8';
