import type { ErrorCode } from 'yaml';

/** Messages for the error codes of the YAML parser. Its own messages quote the file, which may hold a password. */
export const yamlErrors: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or a tag',
  BAD_ALIAS: 'no anchor (&name) before this alias (*name) defines it; text that begins with * needs quotes',
  BAD_COLLECTION_TYPE: 'the tag does not fit the list or mapping it is on',
  BAD_DIRECTIVE: 'an unknown directive (%NAME)',
  BAD_DQ_ESCAPE: 'an unknown escape in double quotes; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation does not fit, or a bracket is not closed',
  BAD_PROP_ORDER: 'an anchor or tag is in the wrong place',
  BAD_SCALAR_START: 'text that begins with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second key on one line; text with ": " in it needs quotes',
  BLOCK_IN_FLOW: 'an indented list or mapping inside brackets; close the bracket first',
  DUPLICATE_KEY: 'this key stands in the mapping twice',
  IMPOSSIBLE: 'is not valid YAML',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'something is missing here: a closing quote or bracket, a comma or a space',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines; is a ":" missing on the line before?',
  MULTIPLE_ANCHORS: 'has two anchors',
  MULTIPLE_DOCS: 'a second document (---) begins here; a configuration is one document',
  MULTIPLE_TAGS: 'has two tags',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  TAB_AS_INDENT: 'a tab is used to indent; YAML wants spaces',
  TAG_RESOLVE_FAILED: 'an unknown tag (!name); text that begins with ! needs quotes',
  UNEXPECTED_TOKEN:
    'this was not expected here; check the indentation, and text with special characters needs quotes',
};
