/** Adds a button to every program and declaration that copies it. */
export function addCopyButtons() {
  for (const code of document.querySelectorAll('pre.import > code, pre.declaration > code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      const copied = code.cloneNode(true);
      // What is said of a line is no part of it.
      for (const note of copied.querySelectorAll('small')) note.remove();
      await navigator.clipboard.writeText(copied.textContent);
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
    code.parentElement.classList.add('copied');
    code.parentElement.append(button);
  }
}
