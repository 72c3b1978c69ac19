// What `import` of `latchkey/testing` loads first. An old Node would refuse the syntax of mod.ts, or miss a module, before any of its
// code could say why; the syntax of this file every Node reads that has modules at all.
import { complainOfOldNode } from '../required-node.cjs';

const complaint = complainOfOldNode();
if (complaint !== undefined) throw new Error(complaint);

export const startLatchkey = async (options) => (await import('#testing-kit')).startLatchkey(options);
