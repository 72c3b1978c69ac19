import { hash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { explainFileError } from '../files/file-error.ts';
import { findSvgFault, shapeOfSvg } from './svg.ts';

/** Size limit of the file of a logo. */
export const MAX_LOGO_BYTES = 256 * 1024;
const HEIGHT = 28;
const MAX_WIDTH = 140;
const pngStart = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** The operator's logo, in the header of every page. */
export interface Logo {
  /** URL with a hash of the content. */
  readonly url: string;
  readonly query: string;
  readonly contentType: 'image/svg+xml' | 'image/png';
  readonly body: Buffer;
  /** The size at which pages show it, in pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a logo, and refuses one that could run or load anything.
 *
 * @throws {Error} with what is wrong with the file, in words that follow its path
 */
export function readLogo(file: string): Logo {
  const body = readBytes(file);
  const isPng = body.subarray(0, pngStart.length).equals(pngStart) && body.length >= 24;
  const fault = isPng ? undefined : findSvgFault(body);
  if (fault !== undefined) throw new Error(fault);
  const ratio = isPng ? body.readUInt32BE(16) / body.readUInt32BE(20) : shapeOfSvg(body);
  const query = `v=${hash('sha256', body).slice(0, 16)}`;
  return {
    url: `/assets/logo?${query}`,
    query,
    contentType: isPng ? 'image/png' : 'image/svg+xml',
    body,
    width: Math.min(MAX_WIDTH, Math.max(1, Math.round(HEIGHT * (ratio || 1)))),
    height: HEIGHT,
  };
}

function readBytes(file: string): Buffer {
  let status: Stats;
  try {
    status = statSync(file);
    if (status.isFile() && status.size <= MAX_LOGO_BYTES) return readFileSync(file);
  } catch (error) {
    throw new Error(`cannot be read: ${explainFileError(error)}`);
  }
  // A pipe would be waited for.
  if (!status.isFile()) throw new Error('is no file');
  throw new Error(`has ${status.size} bytes; a logo may have ${MAX_LOGO_BYTES}`);
}
