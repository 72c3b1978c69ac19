// What `require` of `latchkey/testing` loads first. It is CommonJS, which every Node reads: an old one would refuse the
// syntax of mod.ts, or miss a module, before any of its code could say why.
'use strict';

const { complainOfOldNode } = require('../required-node.cjs');

const complaint = complainOfOldNode();
if (complaint !== undefined) throw new Error(complaint);

exports.startLatchkey = async (options) => (await import('#testing-kit')).startLatchkey(options);
