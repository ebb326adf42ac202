// Shows what happens in a job while it happens. A page says where its events are: <main data-events="/api/jobs/7/events">; what is shown
// where: data-live="pages" and so on, by the names of the progress event. What sites say gets in as text alone, never as markup.
(() => {
  'use strict';
  const root = document.querySelector('[data-events]');
  if (!root || !window.EventSource) return;

  const mostListed = 100;
  const firstWait = 5000;
  const longestWait = 60000;
  const number = new Intl.NumberFormat('en-US');
  const all = name => document.querySelectorAll(`[data-live="${name}"]`);
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const say = text => all('status').forEach(element => write(element, text));

  let source = null;
  let lastId = '';
  let isLost = false;
  let wait = firstWait;
  let timer = 0;

  function show(sums) {
    for (const element of document.querySelectorAll('[data-live]')) {
      const name = element.dataset.live;
      const value = sums.shown[name] ?? sums[name];
      if (name === 'progress') {
        element.max = Math.max(1, sums.done + sums.pending);
        element.value = sums.done;
      } else if (typeof value === 'number') {
        write(element, number.format(value));
        // Red or amber once there is something to be red about.
        const toned = element.closest('[data-tone]');
        if (toned) toned.classList.toggle(toned.dataset.tone, value > 0);
      } else if (typeof value === 'string') {
        write(element, value);
        if (name === 'state') element.classList.toggle('warn', value === 'parked');
      }
    }
  }

  function list(visit) {
    const item = document.createElement('li');
    const chip = document.createElement('span');
    chip.className = visit.class === 'broken' ? 'chip bad' : visit.class === 'refused' ? 'chip warn' : 'chip';
    chip.textContent = visit.class;
    item.append(chip, ` ${visit.outcome} `, visit.url);
    if (visit.source) item.append(' linked from ', visit.source);
    for (const found of all('visits')) {
      found.prepend(item);
      while (found.children.length > mostListed) found.lastElementChild.remove();
    }
    all('found').forEach(element => { element.hidden = false; });
  }

  function end() {
    close();
    // Whoever is typing keeps the text.
    if (document.activeElement?.matches('input, select, textarea')) say('The job has ended. Load the page anew to see all of it.');
    else location.reload();
  }

  function lose() {
    if (!isLost) say('Connection lost. Trying again.');
    isLost = true;
    // A server that is full or gone makes a browser give up; then it is for us to come back.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, longestWait);
    }
  }

  function find() {
    if (isLost) say('Connected again.');
    isLost = false;
    wait = firstWait;
  }

  function hear(name, act) {
    source.addEventListener(name, event => {
      if (event.lastEventId) lastId = event.lastEventId;
      act(JSON.parse(event.data));
    });
  }

  function open() {
    close();
    const address = new URL(root.dataset.events, location.href);
    if (lastId) address.searchParams.set('lastEventId', lastId);
    source = new EventSource(address);
    source.addEventListener('open', find);
    source.addEventListener('error', lose);
    hear('progress', show);
    hear('visit', list);
    hear('gap', () => say('Some of what happened meanwhile is not listed here; the sums are right. Load the page anew to see all.'));
    hear('end', end);
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  // A page that nobody sees holds no connection: browsers have six for a site, and all its tabs share them.
  document.addEventListener('visibilitychange', () => { if (document.hidden) close(); else if (!source) open(); });
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', event => { if (event.persisted && !source) open(); });
  if (!document.hidden) open();
})();
