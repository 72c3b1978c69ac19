const folds = () => [...document.querySelectorAll('main :is(.more, .whole)')];

/** Unfolds, or folds, everything that is folded on the page. */
export function foldAll(isOpen) {
  for (const fold of folds()) fold.open = isOpen;
}

/** Adds a button for that to a page with several folds. */
export function addFoldButton() {
  const crumbs = document.querySelector('.crumbs');
  if (!crumbs || folds().length < 2) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet unfold';
  button.textContent = 'Unfold all';
  button.addEventListener('click', () => {
    const isOpen = folds().some((fold) => !fold.open);
    foldAll(isOpen);
    button.textContent = isOpen ? 'Fold all' : 'Unfold all';
  });
  crumbs.append(button);
}
