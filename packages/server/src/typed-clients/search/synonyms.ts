/** What a typed word may stand for. */
export interface Choice {
  /** Words that a name must have for it, e.g. `time`, `to` and `live` for `ttl`. */
  readonly words: readonly string[];
  /** How much worse a result is for it: 0 for the word itself and for what an abbreviation means. */
  readonly cost: number;
  /** Whether it is a verb in place of the typed one. */
  readonly isVerb?: true;
}

/** Ways to read a query that are tried. */
const MAX_COMBINATIONS = 24;

/** Verbs that people type, and those that the names of operations have in their place, the likeliest first. */
const verbs: Readonly<Record<string, string>> = {
  abort: 'stop, cancel, terminate',
  add: 'create, put, attach, register',
  allow: 'add permission, authorize, enable',
  apply: 'put, attach',
  assign: 'attach, associate, create, put',
  attach: 'associate, add, put',
  begin: 'start',
  call: 'invoke',
  cancel: 'stop, abort',
  change: 'update, modify, put, set',
  check: 'describe, get, test, head, wait for',
  block: 'put',
  clear: 'purge, delete, flush',
  clone: 'copy',
  configure: 'put, update, set',
  consume: 'receive, get',
  create: 'put, register, start, request, run, allocate, change',
  decrease: 'update, modify, change, set, put',
  delete: 'remove, deregister, terminate, change',
  deploy: 'create deployment, start deployment, create, update',
  describe: 'get, list',
  destroy: 'delete, terminate',
  detach: 'disassociate, remove',
  disable: 'put, update, stop',
  download: 'get',
  drop: 'delete',
  duplicate: 'copy',
  edit: 'update, modify, put',
  empty: 'purge, delete',
  enable: 'put, update, start',
  erase: 'delete, purge',
  execute: 'start, run, invoke',
  extend: 'update, modify, change, put',
  fetch: 'get, receive',
  find: 'list, search, describe',
  get: 'describe, list, fetch',
  give: 'add, attach, create, grant',
  grant: 'add permission, create grant, put, attach',
  halt: 'stop',
  increase: 'update, modify, change, set, put',
  insert: 'put, create, batch write',
  inspect: 'describe, get',
  invite: 'create, send',
  kill: 'stop, terminate, delete',
  launch: 'start, run, create',
  list: 'describe, get',
  load: 'get, import',
  login: 'initiate auth, get authorization token, get login',
  make: 'create',
  mod: 'modify',
  modify: 'update, put, change, set',
  move: 'copy, transfer',
  new: 'create',
  open: 'authorize, create, start',
  pause: 'stop, suspend, disable',
  poll: 'receive, get',
  post: 'send, put, publish, create',
  provision: 'create',
  publish: 'put, send',
  pull: 'get, receive, batch get',
  push: 'put, send, publish, upload',
  read: 'get, receive, scan',
  raise: 'update, modify, change, request',
  reboot: 'restart',
  reduce: 'update, modify, change, set, put',
  register: 'create, sign up',
  rename: 'update, modify, copy',
  reload: 'reboot, restart',
  remove: 'delete, detach, untag, disassociate',
  resend: 'send',
  resize: 'update, modify, set',
  restart: 'reboot, update',
  resume: 'start, enable',
  retrieve: 'get, receive',
  run: 'start, execute, invoke',
  save: 'put, create',
  scale: 'update, set desired, modify',
  search: 'list, query, filter',
  send: 'publish, put, post',
  set: 'put, update, modify',
  show: 'describe, get, list',
  shutdown: 'stop, terminate',
  signin: 'initiate auth',
  signup: 'sign up',
  spin: 'create, run',
  start: 'run, begin, create, resume',
  stop: 'terminate, cancel, abort',
  store: 'put, create',
  submit: 'start, send, create',
  suspend: 'stop, disable',
  switch: 'update, modify',
  terminate: 'stop, delete',
  trigger: 'invoke, start, send',
  turn: 'enable, disable, put, update',
  unassign: 'detach, disassociate, remove',
  unregister: 'deregister',
  update: 'put, modify, change',
  upload: 'put, import, create',
  upsert: 'put, update, change',
  use: 'get',
  view: 'get, describe, list',
  write: 'put, create, send',
};

/** Verbs for which operations have two words; beside the name of a service they are likelier meant than the noun. */
const verbsOfTwoWords: Readonly<Record<string, string>> = {
  backup: 'create backup, start backup',
  build: 'start build',
  crawl: 'start crawler',
  export: 'start export, create export',
  import: 'start import, create import',
  invalidate: 'create invalidation',
  query: 'start query',
  replicate: 'create replication, start replication',
  schedule: 'create schedule',
  snapshot: 'create snapshot',
  train: 'create training',
  transcribe: 'start transcription',
  transcode: 'create job',
};

/** Verbs that begin names of operations, and for which people have no other. */
const verbsAlone: ReadonlySet<string> = new Set(
  (
    'accept acknowledge activate approve archive assume batch confirm connect deactivate decrypt detect disconnect encrypt ' +
    'evaluate extract failover generate merge migrate optimize predict prepare preview promote purchase rebuild recognize ' +
    'reject release renew replace reset resolve respond restore revoke rollback rotate select sign simulate subscribe ' +
    'sync synthesize tag translate unsubscribe upgrade validate verify'
  ).split(' '),
);

/** Nouns that people type, and those of names. */
const nouns: Readonly<Record<string, string>> = {
  access: 'permission, policy',
  box: 'instance',
  certs: 'certificates',
  config: 'configuration',
  credential: 'credentials',
  database: 'db instance, db, db cluster',
  databases: 'db instances, db, db clusters',
  directory: 'prefix',
  file: 'object',
  files: 'objects',
  folder: 'prefix',
  image: 'images',
  input: 'request, message',
  job: 'job run, schedule',
  key: 'access key',
  log: 'log events',
  logs: 'log events, log streams',
  machine: 'instance',
  output: 'response, result',
  pass: 'password',
  permissions: 'permission, policy, policies',
  picture: 'image',
  record: 'record sets',
  records: 'record sets',
  request: 'input, message',
  response: 'output, result',
  result: 'results, output',
  row: 'item, record',
  rows: 'items, records',
  server: 'instance',
  tag: 'tags',
  url: 'uri',
  uri: 'url',
  vm: 'instance',
  workflow: 'execution, state machine',
};

/** Abbreviations, and the words for which they stand. */
const abbreviations: Readonly<Record<string, string>> = {
  acls: 'acl',
  addr: 'address',
  asg: 'auto scaling group',
  auth: 'authentication, authorization',
  az: 'availability zone',
  azs: 'availability zones',
  cert: 'certificate',
  cfg: 'configuration',
  cmk: 'customer master key, key',
  conf: 'configuration',
  cred: 'credentials',
  creds: 'credentials',
  db: 'database',
  desc: 'description, describe',
  dest: 'destination',
  dir: 'directory',
  dist: 'distribution',
  dlq: 'dead letter queue, dead letter',
  doc: 'document',
  docs: 'documents',
  eip: 'elastic ip, address',
  eni: 'network interface',
  env: 'environment',
  envs: 'environments',
  evt: 'event',
  exec: 'execute, execution',
  fn: 'function',
  func: 'function',
  gsi: 'global secondary index',
  gsis: 'global secondary indexes',
  iac: 'template',
  idp: 'identity provider',
  igw: 'internet gateway',
  img: 'image',
  info: 'information, details',
  inst: 'instance',
  lb: 'load balancer',
  lc: 'lifecycle',
  lsi: 'local secondary index',
  lsis: 'local secondary indexes',
  mem: 'memory',
  mfa: 'mfa device, multi factor',
  msg: 'message',
  msgs: 'messages',
  nic: 'network interface',
  notif: 'notification',
  op: 'operation',
  org: 'organization',
  orgs: 'organizations',
  otp: 'one time password',
  ou: 'organizational unit',
  ous: 'organizational units',
  param: 'parameter',
  params: 'parameters',
  perms: 'permissions, permission',
  pitr: 'point in time recovery, continuous backups',
  pw: 'password',
  pwd: 'password',
  repo: 'repository',
  repos: 'repositories',
  rg: 'resource group',
  rr: 'resource record',
  sa: 'service account',
  scp: 'service control policy, policy',
  sg: 'security group',
  sgs: 'security groups',
  sms: 'text message',
  sse: 'server side encryption',
  sub: 'subscription',
  subs: 'subscriptions',
  svc: 'service',
  tg: 'target group',
  tgw: 'transit gateway',
  tmp: 'temporary',
  ttl: 'time to live',
  url: 'uri',
  usr: 'user',
  var: 'variable',
  vars: 'variables',
  vol: 'volume',
  vpn: 'vpn connection',
  wf: 'workflow',
  xact: 'transaction, transact',
};

/** More than it costs that a name is longer: `get secret` is `getSecretValue`, and no `describeSecret`. */
const COST_OF_VERB = 22;
/** Added for each other word that is likelier. */
const COST_OF_LATER = 0.7;
const COST_OF_NOUN = 1;
/** More than the name of a type: `lambda layers` are `listLayers` rather than a `Layer`. */
const COST_OF_NUMBER = 4;
/** Less than nothing: `ttl` is `updateTimeToLive` rather than one of many properties `TTL`. */
const COST_OF_ABBREVIATION = -3;
/** Less than nothing: `athena query` is `startQueryExecution` rather than `getQueryResults`. */
const COST_OF_TWO_WORDS = -1;

const known = new Map<string, readonly Choice[]>();
addChoices(abbreviations, COST_OF_ABBREVIATION);
addChoices(verbs, COST_OF_VERB, { isVerb: true });
addChoices(verbsOfTwoWords, COST_OF_TWO_WORDS, { isVerb: true });
addChoices(nouns, COST_OF_NOUN);

function addChoices(
  table: Readonly<Record<string, string>>,
  cost: number,
  more: { readonly isVerb?: true } = {},
): void {
  for (const [word, others] of Object.entries(table)) {
    const choices = others
      .split(', ')
      .map((each, index) => ({ words: each.split(' '), cost: cost + index * COST_OF_LATER, ...more }));
    known.set(word, [...(known.get(word) ?? []), ...choices]);
  }
}

/** @returns what a typed word may stand for: the word itself first, then other words for the same, and its other number */
export function choicesOf(word: string): readonly Choice[] {
  return [
    { words: [word], cost: 0 },
    ...(known.get(word) ?? []),
    ...otherNumbersOf(word).map((other) => ({ words: [other], cost: COST_OF_NUMBER })),
  ];
}

const allVerbs: ReadonlySet<string> = new Set([
  ...verbsAlone,
  ...Object.keys(verbsOfTwoWords),
  ...Object.entries(verbs).flatMap(([verb, others]) => [verb, ...others.split(', ')]),
]);

/** @returns whether people type the word for something that is done */
export function isVerb(word: string): boolean {
  return allVerbs.has(word);
}

/** @returns the verbs of one word that names have in place of the typed one, the likeliest first */
export function verbsFor(word: string): readonly string[] {
  const others = choicesOf(word).filter(({ isVerb }) => isVerb);
  return others.flatMap(({ words }) => (words.length === 1 ? words : []));
}

/** The choice of a word that stands for itself alone. */
export function typedAlone(word: string): readonly Choice[] {
  return [{ words: [word], cost: 0 }];
}

/** The words of each way to read the query, the typed ones first. */
export function combinationsOf(choices: readonly (readonly Choice[])[]): readonly (readonly string[])[] {
  return choices.reduce<readonly (readonly string[])[]>(
    (before, each) =>
      before.flatMap((start) => each.map(({ words }) => [...start, ...words])).slice(0, MAX_COMBINATIONS),
    [[]],
  );
}

/** The names that words may be, all together and without the first or the last, which may be that of a service. */
export function keysOf(words: readonly string[]): readonly string[] {
  const keys = [words, words.slice(1), words.slice(0, -1)].map((each) => each.join(''));
  return keys.filter((key) => key !== '');
}

/** The singular of a plural, and the plural of a singular. */
export function otherNumbersOf(word: string): readonly string[] {
  if (!/^[a-z]{3,}$/.test(word)) return [];
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  if (/(?:ss|x|ch|sh)es$/.test(word)) return [word.slice(0, -2)];
  if (/[^siu]s$/.test(word)) return [word.slice(0, -1)];
  return [/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`];
}

/** @returns the words without those of a name, which stand together, perhaps in the other number; undefined where they do not */
export function withoutName(
  words: readonly string[],
  name: readonly string[],
): readonly string[] | undefined {
  const isSame = (typed = '', word: string) => typed === word || otherNumbersOf(typed).includes(word);
  const start = words.findIndex((_, from) => name.every((word, at) => isSame(words[from + at], word)));
  return start === -1 ? undefined : words.toSpliced(start, name.length);
}

/** @returns the choice that a name has, given the beginnings of its words; the typed word where it has none */
export function choiceIn(choices: readonly Choice[], runs: readonly string[]): Choice | undefined {
  const has = (choice: Choice) => choice.words.every((word) => runs.some((run) => run.startsWith(word)));
  return choices.filter(has).toSorted((a, b) => a.cost - b.cost)[0] ?? choices[0];
}
