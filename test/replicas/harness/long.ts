/** The variable by which `run.ts` says that each test is to run in its long form. */
export const LONG = 'LATCHKEY_TEST_LONG';

/** Whether tests run in their long form, which takes minutes. */
export const isLong = process.env[LONG] !== undefined;
