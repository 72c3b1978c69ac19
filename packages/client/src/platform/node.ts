// What is made for Node alone, in one file, because each that is loaded makes a program's first call later.

export { nodeCrypto } from '@latchkey/wire/node';
export { nodeTransport } from '../transport/node-http.ts';
