/** Words that people type, and those that the names of operations and types have in their place. */
const synonyms: Readonly<Record<string, string>> = {
  add: 'create',
  change: 'update',
  database: 'db',
  databases: 'db',
  download: 'get',
  edit: 'update',
  fetch: 'get',
  file: 'object',
  files: 'objects',
  find: 'list',
  invalidate: 'invalidation',
  make: 'create',
  new: 'create',
  read: 'get',
  remove: 'delete',
  restart: 'reboot',
  save: 'put',
  show: 'describe',
  store: 'put',
  upload: 'put',
  write: 'put',
};

/** @returns the words with those in place of which names have others; undefined where there is none */
export function withSynonyms(words: readonly string[]): readonly string[] | undefined {
  const others = words.map((word) => (Object.hasOwn(synonyms, word) ? (synonyms[word] ?? word) : word));
  return others.every((word, index) => word === words[index]) ? undefined : others;
}
