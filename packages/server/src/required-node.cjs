// CommonJS with syntax of old: every Node reads it, so that one which cannot run the rest says so in a sentence.
'use strict';

// The first with argon2 in node:crypto.
const MAJOR = 24;
const MINOR = 7;

/** @returns {string | undefined} what to tell whoever starts Latchkey with a Node that is too old for it */
exports.complainOfOldNode = () => {
  const version = process.versions.node;
  const [major, minor] = version.split('.').map(Number);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return undefined;
  return `Latchkey needs Node ${MAJOR}.${MINOR} or newer; this is Node ${version}`;
};
