// What the pages of the reference do for whoever has script: results while somebody types, keys, copying, cards with what a
// link leads to, and the place that is read. Everything can be read and found without. `scripts/generate.ts` makes one script
// of this and of what it imports.
import { showCards } from './cards.js';
import { filterContents } from './contents-filter.js';
import { addCopyButtons } from './copy-buttons.js';
import { addFoldButton } from './folds.js';
import { listenToKeys } from './keys.js';
import { markPlaces } from './places.js';
import { suggestWhileTyping } from './suggest-while-typing.js';

const box = document.querySelector('form[role="search"] input[name="q"]');
const filter = document.querySelector('.contents .filter');
if (box) suggestWhileTyping(box);
listenToKeys(box, filter?.elements.q);
if (navigator.clipboard) addCopyButtons();
addFoldButton();
markPlaces();
// A page that is opened from a file may read no other.
if (location.protocol !== 'file:') {
  showCards();
  filterContents(filter);
} else if (filter) filter.hidden = true;
