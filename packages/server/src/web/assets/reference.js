// What the pages of the reference do for whoever has script: results while somebody types, keys, copying, and cards with what
// a link leads to. Everything can be read and found without.

const form = document.querySelector('form[role="search"]');
const box = form?.querySelector('input[name="q"]');
if (box) suggestWhileTyping(box);
focusByKey(box);
if (navigator.clipboard) addCopyButtons();
const filter = document.querySelector('.contents .filter');
// A page that is opened from a file may read no other.
if (location.protocol !== 'file:') {
  showCards();
  filterContents(filter);
} else if (filter) filter.hidden = true;

/** A combobox with a list of results (ARIA Authoring Practices: editable combobox with list autocomplete). */
function suggestWhileTyping(input) {
  const list = document.createElement('ul');
  list.id = 'suggestions';
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Results');
  list.hidden = true;
  form.append(list);
  const attributes = {
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let current = -1;
  let request;
  let timer;

  const choose = (index) => {
    const options = list.children;
    options[current]?.removeAttribute('aria-selected');
    current = options.length === 0 ? -1 : (index + options.length) % options.length;
    const option = options[current];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  };
  const show = (results) => {
    list.replaceChildren(...results.map(renderOption));
    list.hidden = results.length === 0;
    input.setAttribute('aria-expanded', String(results.length > 0));
    current = -1;
    input.removeAttribute('aria-activedescendant');
  };
  const look = async () => {
    request?.abort();
    const words = input.value.trim();
    if (words.length < 2) return close();
    request = new AbortController();
    const { signal } = request;
    try {
      // A static site has a search of its own.
      const results = await (globalThis.latchkeySearch ?? searchServer)(words, 8, signal);
      if (!signal.aborted) show(results);
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, 80);
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && !list.hidden) close();
    else if (event.key === 'ArrowDown' && !list.hidden) choose(current + 1);
    else if (event.key === 'ArrowUp' && !list.hidden) choose(current < 0 ? -1 : current - 1);
    else if (event.key === 'Enter' && current >= 0) location.assign(list.children[current].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', () => setTimeout(close, 150));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('li');
    if (option) location.assign(option.dataset.url);
  });
}

async function searchServer(q, limit, signal) {
  const answer = await fetch(`/v0.4/search.json?${new URLSearchParams({ q, limit })}`, { signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).results;
}

function renderOption({ kind, name, summary, title, url }, index) {
  const option = document.createElement('li');
  option.id = `suggestion-${index}`;
  option.setAttribute('role', 'option');
  option.dataset.url = url;
  const code = document.createElement('code');
  code.textContent = name;
  const small = document.createElement('small');
  small.textContent = kind === 'service' ? `${kind}: ${title}` : `${kind} of ${title}`;
  const text = document.createElement('span');
  text.textContent = summary;
  option.append(code, small, text);
  return option;
}

/** `S` and `/` lead to the search box, unless somebody has turned that off (WCAG 2.2, 2.1.4). */
function focusByKey(input) {
  const setting = document.querySelector('#search-keys');
  const isOn = () => localStorage.getItem('search-keys') !== 'off';
  if (setting) {
    setting.closest('label').hidden = false;
    setting.checked = isOn();
    setting.addEventListener('change', () =>
      localStorage.setItem('search-keys', setting.checked ? 'on' : 'off'),
    );
  }
  document.addEventListener('keydown', (event) => {
    if (!input || !isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    if (event.key !== '/' && event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

function addCopyButtons() {
  for (const code of document.querySelectorAll('pre.import > code, pre.declaration > code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
    code.parentElement.classList.add('copied');
    code.parentElement.append(button);
  }
}

/** Shows the kind and the first sentence of a symbol beside a link to it: under the pointer, and on focus (WCAG 2.2, 1.4.13). */
function showCards() {
  const card = document.createElement('div');
  card.className = 'card';
  card.id = 'card';
  card.setAttribute('role', 'tooltip');
  card.hidden = true;
  document.body.append(card);
  const known = new Map();
  let link;
  let timer;

  const hide = () => {
    clearTimeout(timer);
    link?.removeAttribute('aria-describedby');
    link = undefined;
    card.hidden = true;
  };
  const show = async (target) => {
    link = target;
    const path = new URL(target.href).pathname;
    if (!known.has(path)) known.set(path, describe(target.href));
    const text = await known.get(path).catch(() => undefined);
    if (!text || link !== target) return;
    card.textContent = text;
    card.hidden = false;
    const { bottom, left } = target.getBoundingClientRect();
    const right = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.setProperty('left', `${Math.max(8, Math.min(left, right)) + scrollX}px`);
    card.style.setProperty('top', `${bottom + scrollY + 4}px`);
    target.setAttribute('aria-describedby', card.id);
  };
  const later = (event) => {
    const target = event.target.closest?.('main a:not(.src, .anchor)');
    if (!target || target === link || target.host !== location.host || !target.pathname.includes('/docs/'))
      return;
    hide();
    timer = setTimeout(show, event.type === 'focusin' ? 0 : 300, target);
  };
  document.addEventListener('pointerover', later);
  document.addEventListener('focusin', later);
  document.addEventListener('pointerout', (event) => {
    if (event.relatedTarget !== card && !card.contains(event.relatedTarget)) hide();
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}

/** The description that a page has for whoever links to it. */
async function describe(href) {
  const answer = await fetch(href);
  if (!answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('meta[name="description"]')?.content;
}

/** Lists the names of a service that have what somebody types, in place of its contents. */
function filterContents(filter) {
  if (!filter) return;
  const { q: input } = filter.elements;
  const found = document.createElement('ul');
  found.setAttribute('aria-label', 'Names that match');
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  filter.after(status, found);
  let names;
  input.addEventListener('input', async () => {
    const typed = () => input.value.trim().toLowerCase();
    const words = typed();
    names ??= readNames(filter.action);
    const all = await names.catch(() => undefined);
    if (all === undefined) names = undefined;
    // The contents stay until there is something in their place.
    if (all === undefined || words !== typed()) return;
    filter.parentElement.classList.toggle('filtered', words !== '');
    const matches = words === '' ? [] : all.filter(({ text }) => text.toLowerCase().includes(words));
    found.replaceChildren(...matches.slice(0, 100).map(renderName));
    status.textContent =
      words && (matches.length > 100 ? `The first 100 of ${matches.length}` : `${matches.length} found`);
  });
}

/** All names of a reference are beside its overview. */
async function readNames(overview) {
  const answer = await fetch(overview.replace(/(?:\/index\.html|\/)?$/, '/names.json'));
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()).map((each) => {
    const [text, address] = Array.isArray(each) ? each : [each, each];
    return { href: new URL(address, answer.url).href, text };
  });
}

function renderName({ href, text }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = href;
  link.textContent = text;
  item.append(link);
  return item;
}
