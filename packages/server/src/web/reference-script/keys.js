import { foldAll } from './folds.js';

const SETTING = 'search-keys';
const isOn = () => localStorage.getItem(SETTING) !== 'off';

/** Single keys, unless somebody has turned them off (WCAG 2.2, 2.1.4); `?` lists them. */
export function listenToKeys(search, filter) {
  const actions = new Map([
    ['s', search && (() => select(search))],
    ['f', filter && (() => select(filter))],
    ['+', () => foldAll(true)],
    ['-', () => foldAll(false)],
    ['?', showKeys],
  ]);
  actions.set('/', actions.get('s'));
  const setting = document.querySelector('#search-keys');
  if (setting) offerSetting(setting);
  const hasRoom = search?.clientWidth > 250 && matchMedia('(hover: hover)').matches;
  if (hasRoom && isOn()) search.placeholder += ' (S; all keys: ?)';
  document.addEventListener('keydown', (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog')) return;
    const act = actions.get(event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function offerSetting(setting) {
  setting.closest('label').hidden = false;
  setting.checked = isOn();
  setting.addEventListener('change', () => localStorage.setItem(SETTING, setting.checked ? 'on' : 'off'));
}

function select(input) {
  input.focus();
  input.select();
}

/** The list of the keys, and the switch that turns them off. */
function showKeys() {
  const dialog = document.createElement('dialog');
  dialog.className = 'key-list';
  dialog.setAttribute('aria-labelledby', 'key-list');
  dialog.innerHTML = `<h2 id="key-list">Keys</h2>
<dl>
<dt><kbd>S</kbd> <kbd>/</kbd><dd>Search all services
<dt><kbd>↓</kbd> <kbd>↑</kbd> <kbd>Enter</kbd><dd>Choose a result
<dt><kbd>F</kbd><dd>Filter the contents
<dt><kbd>+</kbd> <kbd>-</kbd><dd>Unfold or fold everything
<dt><kbd>?</kbd><dd>This list
<dt><kbd>Esc</kbd><dd>Close the results, a card or this list
</dl>
<p>In the search: <code>type:error</code>, <code>in:s3</code>, <code>RoleArn -> Credentials</code></p>
<label class="keys"><input type="checkbox"> Use single keys</label>
<form method="dialog"><button>Close</button></form>`;
  offerSetting(dialog.querySelector('input'));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
