/** Loaded before each test file: see `failWhereHung`. */
import { failWhereHung } from './fail-where-hung.ts';

/** What a slow machine needs to close what tests have opened is far less. */
const LIMIT_MS = 2 * 60_000;

// The process that runs the files loads this, too.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) failWhereHung(LIMIT_MS);
