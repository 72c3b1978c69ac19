// Code that only Node uses, gathered in one file: every further file would delay a program's first call.

export { nodeCrypto } from '@latchkey/wire/node';
export { nodeTransport } from '../transport/node-http.ts';
