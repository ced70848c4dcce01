(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const find = (id) => document.getElementById(id);

  const run = find('run');
  const took = JSON.parse(run.dataset.ms);
  const values = JSON.parse(run.dataset.values);
  for (const node of all('[data-ms]:empty')) {
    const ms = took[node.dataset.ms];
    if (ms !== undefined)
      node.textContent = `${node.parentElement.firstChild === node ? '' : ', '}${Math.round(ms)} ms`;
  }
  const standIn = /\{\{(?:(?:id|run):\d+|port)\}\}/g;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.data.includes('{{')) node.data = node.data.replace(standIn, (name) => values[name] ?? name);
  }
  const zoned = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
  for (const node of all('time')) {
    const moment = new Date(node.dateTime);
    if (!Number.isNaN(moment.getTime())) node.textContent = zoned.format(moment);
  }

  const text = find('filter-text');
  const selects = {
    o: find('filter-outcome'),
    s: find('filter-status'),
    p: find('filter-operation'),
    t: find('filter-set'),
  };
  const clear = find('filter-clear');
  const result = find('filter-result');
  const read = (node) => {
    const traits = {};
    for (const name of Object.keys(selects)) traits[name] = node.dataset[name]?.split(' ');
    return { node, traits };
  };
  const items = all('[data-item]').map((node) => ({ ...read(node), kind: node.dataset.item, text: '' }));
  const squares = all('.matrix td[data-o]').map(read);
  const groups = all('[data-group]');

  for (const node of all('.filter, .fold, [data-copy]')) node.hidden = false;

  /** A part without a trait is none of that filter's business. */
  const chosen = ({ traits }) =>
    Object.entries(selects).every(([name, { value }]) => value === '' || !traits[name] || traits[name].includes(value));
  const matches = (item, words) => {
    if (!chosen(item)) return false;
    if (words.length === 0) return true;
    item.text ||= item.node.textContent.toLowerCase();
    return words.every((word) => item.text.includes(word));
  };

  const apply = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = words.length > 0 || Object.values(selects).some(({ value }) => value !== '');
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
    for (const square of squares) square.node.classList.toggle('dim', !chosen(square));
    for (const group of groups) group.hidden = !group.querySelector('[data-item]:not([hidden])');
    clear.disabled = !active;
    result.textContent = active ? `${shown.cause} of ${total.cause} causes, ${shown.cell} of ${total.cell} cells` : '';
  };
  const reset = () => {
    text.value = '';
    for (const select of Object.values(selects)) select.value = '';
    apply();
  };

  let waiting;
  text.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  for (const select of Object.values(selects)) select.addEventListener('change', apply);
  clear.addEventListener('click', () => {
    reset();
    text.focus();
  });
  find('filter-text').parentElement.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') reset();
  });

  const show = () => {
    let target = null;
    try {
      target = find(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (!target) return;
    if (target.closest('[hidden]')) reset();
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    target.scrollIntoView();
    // The next Tab goes on from there.
    const place = target.closest('details')?.querySelector('summary') ?? target;
    if (!place.matches('a, summary, [tabindex]')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  window.addEventListener('hashchange', show);

  /** Arrow keys go from cell to cell of the matrix, over what cannot occur. */
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const move = (event) => {
    const step = STEPS[event.key];
    const square = event.target.closest('.matrix td');
    if (!step || !square || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const rows = all('.matrix tr[data-item]:not([hidden])').filter((row) => !row.closest('[hidden]'));
    let x = square.cellIndex;
    let y = rows.indexOf(square.parentElement);
    for (;;) {
      x += step[0];
      y += step[1];
      const next = rows[y]?.cells[x];
      if (!next) return;
      const link = next.querySelector('a');
      if (link) return link.focus();
    }
  };
  document.addEventListener('keydown', move);

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
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
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
})();
