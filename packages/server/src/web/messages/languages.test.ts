import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageTags } from '../../language-tags.ts';
import { english } from './english.ts';
import { languages } from './languages.ts';

type Message = string | object | ((...values: unknown[]) => unknown);

interface NamedMessage {
  readonly name: string;
  readonly text: string;
  /** How many values the message takes. */
  readonly values: number;
}

/** Every message, with a 7 for each of its values. */
function listMessages(message: Message, name = ''): readonly NamedMessage[] {
  if (typeof message === 'string' || message instanceof String) {
    return [{ name, text: String(message), values: 0 }];
  }
  if (typeof message === 'function') {
    const values = message.length;
    const called = message(...Array.from({ length: values }, () => (takesList(name) ? ['7'] : 7))) as Message;
    return listMessages(called, name).map((each) => ({ ...each, values }));
  }
  return Object.entries(message).flatMap(([key, part]) =>
    listMessages(part, name === '' ? key : `${name}.${key}`),
  );
}

const takesList = (name: string) => name.startsWith('scopes.') && name.endsWith('ccounts');
/** The elements of a message with their attributes, in any order. */
const markupOf = (text: string) => (text.match(/<[^>]*>/g) ?? []).toSorted();

/** Messages that are the same in two languages. */
const same = new Set(['codeEntry.code']);

const inEnglish = listMessages(english);

test('English has messages for the pages', () => {
  assert.ok(inEnglish.length > 150);
  assert.ok(inEnglish.every(({ text }) => text !== ''));
});

for (const { tag, messages } of Object.values(languages).filter(({ messages }) => messages !== english)) {
  const translated = listMessages(messages);

  test(`every message is translated, with the same values: ${tag}`, () => {
    const named = (list: readonly NamedMessage[]) => list.map(({ name, values }) => ({ name, values }));
    assert.deepEqual(named(translated), named(inEnglish));
    const left = translated.filter(
      ({ name, text }, index) => text === inEnglish[index]?.text && !same.has(name),
    );
    assert.deepEqual(left, []);
  });

  test(`every message has the markup of the English one: ${tag}`, () => {
    for (const [index, { name, text }] of translated.entries()) {
      assert.deepEqual(markupOf(text), markupOf(inEnglish[index]?.text ?? ''), name);
    }
  });

  test(`every message ends as the English one does, and has no space too many: ${tag}`, () => {
    for (const [index, { name, text }] of translated.entries()) {
      const endOf = (message = '') => /[.:?)]?$/.exec(message)?.[0];
      assert.equal(endOf(text), endOf(inEnglish[index]?.text), name);
      assert.doesNotMatch(text, /^\s|\s$| {2}|undefined|\[object|NaN/, name);
    }
  });
}

test('German has its own quotation marks, in pairs, and addresses people formally', () => {
  for (const { name, text } of listMessages(languages.de.messages)) {
    const outside = text.replaceAll(/<[^>]*>/g, '');
    assert.doesNotMatch(outside, /["”‚‘»«]/, name);
    assert.equal(outside.split('„').length, outside.split('“').length, name);
    assert.doesNotMatch(outside, /\b(?:du|dich|dir|dein\w*|euch|euer|eure\w*)\b/i, name);
  }
});

test('each language has its tag, its own name and a direction', () => {
  for (const tag of languageTags) {
    const { tag: itsOwn, name, direction } = languages[tag];
    assert.equal(itsOwn, tag);
    assert.equal(name, new Intl.DisplayNames(tag, { type: 'language' }).of(tag));
    assert.match(direction, /^(?:ltr|rtl)$/);
  }
});
