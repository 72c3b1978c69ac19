// The search of a static site. `scripts/generate.ts` makes one script of this and of what it imports.
import { resultName } from '../../search/describe-result.ts';
import { searchSite } from './search.ts';

const MAX_RESULTS = 50;
const root = new URL('../', document.currentScript.src);
const data = new Map();
const waiting = new Map();

globalThis.latchkeyData = (name, value) => waiting.get(name)?.(value);
globalThis.latchkeySearch = async (typed, limit) => (await search(typed, limit)).results;

/** Loads a file by an element: a page of a file may load no other file by `fetch`. */
function load(name) {
  const known = data.get(name);
  if (known !== undefined) return known;
  const loading = new Promise((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement('script');
    script.src = new URL(`search/${name}.js`, root).href;
    script.addEventListener('error', () => {
      data.delete(name);
      reject(new Error(`${script.src} cannot be loaded`));
    });
    document.head.append(script);
  });
  data.set(name, loading);
  return loading;
}

async function search(typed, limit) {
  const { entries, ...rest } = await searchSite(typed, limit, load);
  const results = entries.map((entry) => ({
    kind: entry.kind,
    name: resultName(entry),
    service: entry.service.moduleName,
    title: entry.service.title,
    summary: entry.summary,
    url: new URL(entry.file, root).href,
  }));
  return { ...rest, results };
}

/** The page of the search. */
async function showResults(place) {
  const typed = new URLSearchParams(location.search).get('q')?.trim() ?? '';
  const input = document.querySelector('form[role="search"] input[name="q"]');
  if (input) input.value = typed;
  if (typed === '') return;
  document.querySelector('h1').textContent = `“${typed}”`;
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const list = document.createElement('ol');
  list.className = 'results';
  const { insteadOf, problems, results } = await search(typed, MAX_RESULTS);
  list.append(...results.map(renderResult));
  const count = results.length === 1 ? 'One result' : `${results.length} results`;
  const found = results.length === 0 ? 'Nothing found. Try fewer words.' : count;
  const instead = insteadOf && results.length > 0 ? ` for “${insteadOf.join(' ')}”` : '';
  status.textContent = [...problems, found + instead].join(' ');
  place.replaceChildren(status, ...(results.length > 0 ? [list] : []));
}

function renderResult({ kind, name, summary, title, url }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = url;
  const code = document.createElement('code');
  code.textContent = name;
  link.append(code);
  const small = document.createElement('small');
  small.textContent = kind === 'service' ? kind : `${kind} of ${title}`;
  const text = document.createElement('p');
  text.textContent = summary;
  item.append(link, ' ', small, text);
  return item;
}

document.addEventListener('DOMContentLoaded', () => {
  const place = document.querySelector('#results');
  if (place) void showResults(place);
});
