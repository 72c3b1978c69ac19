import type { ErrorForm } from '../error-parser.ts';
import { parseJson } from './parse.ts';

/** Errors of the JSON protocols: the name is in a header, or in one of two members. */
export const jsonErrors: Pick<ErrorForm, 'parse' | 'typesIn'> = {
  parse: (body) => parseJson(body, { exact: false }),
  typesIn: (headers, document) => [headers['x-amzn-errortype'], document['code'], document['__type']],
};
