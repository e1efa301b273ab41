// The only script of the live page: it lets the reader in, and replaces the parts of the page that the server sends.
'use strict';

enter();
follow();

/** Takes the token out of the address, where nobody should see it, and gives it to the server. */
function enter() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  const form = document.getElementById('enter');
  if (form === null) return;
  form.elements.token.value = token;
  form.submit();
}

function follow() {
  const lost = document.getElementById('lost');
  if (lost === null) return;
  let heardAt = new Date();
  const source = new EventSource(`/events${location.search}`);
  source.addEventListener('part', (event) => {
    heardAt = new Date();
    lost.hidden = true;
    replace(JSON.parse(event.data));
  });
  source.addEventListener('open', () => {
    lost.hidden = true;
  });
  source.addEventListener('over', () => {
    source.close();
    lost.textContent = 'This page has ended with its server, and stays as it is.';
    lost.hidden = false;
  });
  source.addEventListener('error', () => {
    const at = lost.querySelector('span');
    if (at === null) return;
    at.textContent = heardAt.toLocaleTimeString();
    lost.hidden = false;
  });
}

const reachable = 'a[href], summary, [tabindex]';

/** Puts new content into a part of the page; what was open stays open, and the focus stays where it was. */
function replace({ id, html }) {
  const part = document.getElementById(id);
  if (part === null) return;
  const open = [...part.querySelectorAll('details[open][id]')].map((one) => one.id);
  const focused = [...part.querySelectorAll(reachable)].indexOf(document.activeElement);
  const href = document.activeElement?.getAttribute('href');
  const scrolled = [...part.querySelectorAll('.scroll')].map((one) => one.scrollLeft);
  part.innerHTML = html;
  for (const name of open) document.getElementById(name)?.setAttribute('open', '');
  part.querySelectorAll('.scroll').forEach((one, index) => {
    one.scrollLeft = scrolled[index] ?? 0;
  });
  if (focused < 0) return;
  const now = [...part.querySelectorAll(reachable)];
  const same = href === null ? undefined : now.find((one) => one.getAttribute('href') === href);
  (same ?? now[focused])?.focus({ preventScroll: true });
}
