import type { Made } from '../making.ts';
import { text } from '../media-types.ts';

export function redirect(location: string): Made {
  return { status: 302, contentType: text, body: `${location}\n`, headers: { location }, sources: [] };
}
