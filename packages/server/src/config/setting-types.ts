import { isIP } from 'node:net';
import * as v from 'valibot';
import { type LanguageTag, languageTags } from '../language-tags.ts';
import { durationPattern, parseDuration } from './duration.ts';

// The types of settings. Each states what it expects in words that follow "expected" in a message.

/** Printable text on one line. */
export function line(description: string, maxLength = 256) {
  const expected = `a line of 1 to ${maxLength} characters`;
  return v.pipe(
    v.string(expected),
    v.regex(new RegExp(`^[ -~\\u00a0-\\uffff]{1,${maxLength}}$`), expected),
    v.check((value) => value.isWellFormed(), expected),
    v.description(description),
  );
}

/** Printable text on one or more lines; line breaks at its ends do not count. */
export function lines(description: string, maxLength: number) {
  const expected = `text of 1 to ${maxLength} characters`;
  return v.pipe(
    v.string(expected),
    v.regex(/^\s*[!-~\u00a1-\uffff](?:[ -~\u00a0-\uffff]|\r?\n)*$/, expected),
    v.maxLength(maxLength, expected),
    v.description(description),
    v.transform((value) => value.replaceAll('\r\n', '\n').replace(/^\n+|\n+$/g, '')),
  );
}

/**
 * Text that people read on pages: one for all languages, or a mapping with one for each of some.
 *
 * @param one - makes the type of one text
 */
export function byLanguage<Text extends ReturnType<typeof line> | ReturnType<typeof lines>>(
  description: string,
  one: (description: string) => Text,
) {
  const forAll = one('Text for pages in all languages.');
  const expected = `${forAll.message}, or a mapping with such a text for a language (${languageTags.join(', ')}) or several`;
  const entries = Object.fromEntries(
    languageTags.map((tag) => [tag, v.exactOptional(one(`Text for pages in the language "${tag}".`))]),
  ) as Record<LanguageTag, v.ExactOptionalSchema<Text, undefined>>;
  const forSome = v.pipe(v.strictObject(entries, expected), v.minEntries(1, expected));
  return v.pipe(v.union([forAll, forSome], expected), v.description(description));
}

/** Text that matches a pattern. */
export function text(description: string, form: RegExp, expected: string) {
  return v.pipe(v.string(expected), v.regex(form, expected), v.description(description));
}

/** A duration: written as `15m` or `PT15M`, parsed to seconds. */
export function duration(
  description: string,
  range: { readonly min: string; readonly max: string; readonly because?: string },
) {
  const because = range.because === undefined ? '' : ` (${range.because})`;
  const expected = `a duration from ${range.min} to ${range.max}${because}, such as 90s, 20m, 8h, 7d or PT1H`;
  return v.pipe(
    v.string(expected),
    v.regex(durationPattern, expected),
    v.description(`${description} From ${range.min} to ${range.max}${because}.`),
    v.transform((value) => parseDuration(value) ?? Number.NaN),
    v.minValue(parseDuration(range.min) ?? Number.NaN, expected),
    v.maxValue(parseDuration(range.max) ?? Number.NaN, expected),
  );
}

export function wholeNumber(description: string, min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
    v.description(description),
  );
}

export function yesOrNo(description: string) {
  return v.pipe(v.boolean('true or false'), v.description(description));
}

export function oneOf<const Options extends readonly string[]>(description: string, options: Options) {
  return v.pipe(v.picklist(options, `one of ${options.join(', ')}`), v.description(description));
}

export function listOf<Item extends v.GenericSchema>(description: string, item: Item) {
  return v.pipe(v.array(item, 'a list'), v.description(description));
}

/** @param what - an item, in words that follow "at least one" */
export function someOf<Item extends v.GenericSchema>(description: string, item: Item, what: string) {
  const expected = `a list of at least one ${what}`;
  return v.pipe(v.array(item, expected), v.minLength(1, expected), v.description(description));
}

export function mapping<const Entries extends v.ObjectEntries>(description: string, entries: Entries) {
  return v.pipe(v.strictObject(entries, 'a mapping (key: value)'), v.description(description));
}

/** A URL of scheme, host and port only, because the AWS CLI opens `/authorize` at the root, whatever path its endpoint has. */
export function origin(description: string) {
  const expected =
    'an http or https address without a path (the AWS CLI drops it), such as https://sso.example.com';
  return v.pipe(
    v.string(expected),
    v.regex(/^https?:\/\/[^\s/?#@]+\/?$/, expected),
    v.check((value) => URL.canParse(value), expected),
    v.description(description),
    v.transform((value) => new URL(value).origin),
  );
}

/** The origin of a web page, as browsers send it, or `*` for any. */
export function pageOrigin(description: string) {
  const expected = 'an http or https address without a path, such as https://tools.example.com, or *';
  return v.pipe(
    v.string(expected),
    v.regex(/^(?:\*|https?:\/\/[^\s/?#@]+)$/, expected),
    v.check((value) => value === '*' || URL.canParse(value), expected),
    v.description(description),
    v.transform((value) => (value === '*' ? value : new URL(value).origin)),
  );
}

export function url(description: string) {
  const expected = 'an http or https URL';
  return v.pipe(
    v.string(expected),
    v.regex(/^https?:\/\/\S+$/, expected),
    v.check((value) => URL.canParse(value), expected),
    v.description(description),
  );
}

export function addressBlock(description: string) {
  const expected = 'an IP address or CIDR block, such as 10.0.0.0/8 or ::1';
  return v.pipe(v.string(expected), v.check(isAddressBlock, expected), v.description(description));
}

function isAddressBlock(value: string): boolean {
  const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return Number(prefix ?? 0) <= bits;
}
