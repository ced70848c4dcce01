/** The page's script. It only filters, folds and copies: everything can be read without it. */
export const SCRIPT = `(() => {
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const text = document.getElementById('filter-text');
const status = document.getElementById('filter-status');
const outcome = document.getElementById('filter-outcome');
const result = document.getElementById('filter-result');
const items = all('[data-item]').map((node) => ({
  node,
  kind: node.dataset.item,
  outcomes: node.dataset.o.split(' '),
  statuses: node.dataset.s.split(' '),
  text: '',
}));
const squares = all('.matrix td[data-o]');

const reveal = (selector) => { for (const node of all(selector)) node.hidden = false; };
reveal('.filter, .fold, [data-copy]');

const matches = (item, words) => {
  if (outcome.value && !item.outcomes.includes(outcome.value)) return false;
  if (status.value && !item.statuses.includes(status.value)) return false;
  if (words.length === 0) return true;
  item.text ||= item.node.textContent.toLowerCase();
  return words.every((word) => item.text.includes(word));
};

const apply = () => {
  const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const active = words.length > 0 || status.value !== '' || outcome.value !== '';
  const shown = { cause: 0, cell: 0 };
  const total = { cause: 0, cell: 0 };
  for (const item of items) {
    const match = matches(item, words);
    item.node.hidden = !match;
    if (item.kind in total) {
      total[item.kind] += 1;
      if (match) shown[item.kind] += 1;
    }
  }
  for (const square of squares) {
    const off = (outcome.value && square.dataset.o !== outcome.value) || (status.value && square.dataset.s !== status.value);
    square.classList.toggle('dim', Boolean(off));
  }
  for (const group of all('[data-group]')) group.hidden = !group.querySelector('[data-item]:not([hidden])');
  result.textContent = active
    ? shown.cause + ' of ' + total.cause + ' causes, ' + shown.cell + ' of ' + total.cell + ' cells'
    : '';
};

let waiting;
text.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
status.addEventListener('change', apply);
outcome.addEventListener('change', apply);

const show = () => {
  let target = null;
  try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  if (!target) return;
  if (target.closest('[hidden]')) {
    text.value = status.value = outcome.value = '';
    apply();
  }
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  target.scrollIntoView();
};
window.addEventListener('hashchange', show);

const copy = async (button) => {
  const source = button.parentElement.querySelector('pre');
  let done = true;
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    // Without the permission there is still the old way: select and copy.
    getSelection().selectAllChildren(source);
    done = document.execCommand('copy');
  }
  button.textContent = done ? 'Copied' : 'Press Ctrl+C';
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
};

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) {
    // The same link twice makes no hashchange, yet the reader wants to get there again.
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) show();
    return;
  }
  if ('copy' in button.dataset) copy(button);
  if ('fold' in button.dataset) for (const fold of all('.cell')) fold.open = button.dataset.fold === 'open';
});

apply();
show();
})();`;
