// JavaScript, because the types of highlight.js declare the browser's globals for the whole program.
import highlighter from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';

highlighter.registerLanguage('typescript', typescript);

export function markUp(code) {
  return highlighter.highlight(code, { language: 'typescript', ignoreIllegals: true }).value;
}
