import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entriesOfRuntime, searchedRuntime } from '../search/entries-of-runtime.ts';
import { searchSite } from './browser/search.ts';
import { SearchShards } from './search-shards.ts';

const service = { moduleName: 'big', className: 'Big', title: 'Big', otherNames: [], rank: 0 };

function makeSite(names: readonly string[]): ReadonlyMap<string, unknown> {
  const shards = new SearchShards();
  const entries = names.map((symbol) => ({ kind: 'interface' as const, symbol, summary: '', text: '' }));
  shards.add(service, entries, ({ symbol }) => `docs/big/${symbol}.html`);
  const texts = Array.from(shards.files());
  return new Map(texts.map(([name, text]) => [name, dataOf(text)]));
}

test('no file of the search of a large site has more than 400 entries, and each entry is found by its name', async () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `CreateThing${index}Request`);
  const files = makeSite(names);
  for (const [name, data] of files) {
    if (name !== 'index' && name !== 'terms') assert.ok((data as unknown[]).length <= 400, name);
  }
  for (const wanted of ['CreateThing0Request', 'CreateThing4999Request', 'CreateThing12Request']) {
    const { entries } = await searchSite(wanted, 10, async (name) => files.get(name));
    assert.equal(entries[0]?.symbol, wanted);
  }
  const { entries } = await searchSite('crea', 10, async (name) => files.get(name));
  assert.equal(entries.length, 10);
});

test('names that differ in case or script alone have files apart, and are found', async () => {
  const files = makeSite(['Äpfel', 'apfel', 'ЯBlock', 'x_y', 'constructor', '__proto__']);
  const keys = Array.from(files.keys(), (name) => name.toLowerCase());
  assert.equal(new Set(keys).size, keys.length);
  for (const wanted of ['Äpfel', 'apfel', 'ЯBlock', 'x_y', 'constructor']) {
    const { entries } = await searchSite(wanted, 10, async (name) => files.get(name));
    assert.equal(entries[0]?.symbol, wanted);
  }
});

test('the search of a site knows other words, abbreviations and what other tools write', async () => {
  const files = makeSite(['PutThing', 'UpdateTimeToLive', 'RebootBoat', 'CreateNest', 'Nest', 'Nests']);
  for (const [typed, symbol] of [
    ['PutThingCommand', 'PutThing'],
    ['ttl', 'UpdateTimeToLive'],
    ['upload thing', 'PutThing'],
    ['restart boat', 'RebootBoat'],
    ['AWS::Big::Nest', 'CreateNest'],
  ] as const) {
    const { entries } = await searchSite(typed, 10, async (name) => files.get(name));
    assert.equal(entries[0]?.symbol, symbol, typed);
  }
});

test('the search of a site knows things and parts of the runtime by what people call them', async () => {
  const shards = new SearchShards();
  const operations = ['changeResourceRecordSets', 'listResourceRecordSets', 'createHostedZone'];
  const entries = operations.map((member) => ({
    kind: 'operation' as const,
    symbol: 'Route53',
    member,
    summary: '',
    text: '',
  }));
  const dns = { ...service, moduleName: 'route53', className: 'Route53' };
  shards.add(dns, entries, ({ member }) => `docs/route53/${member}.html`);
  shards.add(searchedRuntime, entriesOfRuntime(), ({ symbol, member }) => `docs/client/${symbol}#${member}`);
  const files = new Map(Array.from(shards.files(), ([name, text]) => [name, dataOf(text)]));
  for (const [typed, member] of [
    ['create dns record', 'changeResourceRecordSets'],
    ['list dns records', 'listResourceRecordSets'],
    ['exponential backoff', 'retryMode'],
  ] as const) {
    const found = await searchSite(typed, 10, async (name) => files.get(name));
    assert.equal(found.entries[0]?.member, member, typed);
  }
});

function dataOf(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf(', ') + 2, -3));
}
