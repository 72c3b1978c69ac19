import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortDocumentation } from './first-sentence.ts';
import { parseDocumentation } from './parse.ts';
import { textOf } from './tree.ts';

test('a summary is the first sentence that says something', () => {
  for (const [documentation, summary] of [
    ['<p>The name. It is unique.</p>', 'The name.'],
    ['<p>No full stop</p><p>Other.</p>', 'No full stop'],
    [
      '<p>This is a legacy parameter. Use <code>KeyConditions</code> instead. More.</p>',
      'Use KeyConditions instead.',
    ],
    [
      '<note><p>This operation is not supported for directory buckets.</p></note><p>Adds an object.</p>',
      'Adds an object.',
    ],
    ['<p>Optional. The size, e.g. 5 GB. And so on.</p>', 'The size, e.g. 5 GB.'],
    ['<p><b>Overview</b></p><p>Runs code.</p>', 'Runs code.'],
    [
      '<p>Welcome to the <i>Queue API Reference</i>.</p><p>Queues hold messages.</p>',
      'Queues hold messages.',
    ],
    [
      '<note><p>This is <b>AWS WAF Classic</b> documentation. For more information, see elsewhere.</p></note><p>Creates a rule.</p>',
      'For more information, see elsewhere.',
    ],
    ['<p>Optional.</p>', 'Optional.'],
    ['', ''],
  ] as const) {
    assert.equal(textOf(shortDocumentation(parseDocumentation(documentation))), summary, documentation);
  }
});
