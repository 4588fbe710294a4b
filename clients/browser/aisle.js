// @ts-check
/// <reference path="./aisle.d.ts" />

// Sends what a visitor does to a shop's collector. Events wait in localStorage until the collector has answered for them, so that neither a lost
// connection nor a closed tab loses one; what is sent twice the collector counts once, by its event_id.
(() => {
  const BATCH = 80; // about 30 KB: a beacon may have 64
  const KEPT = 1000;
  const IDLE_MS = 30 * 60 * 1000;
  const IN_VIEW_MS = 1000;
  const CLICKS_KEPT = 50;
  const ATTRIBUTED_MS = 24 * 60 * 60 * 1000;
  const SLOWEST_RETRY_MS = 60 * 1000;
  // Beside those that every event has here. The collector refuses an event with a field that it does not know.
  const FIELDS = 'product_id quantity unit_price revenue currency order_id slate_id position page_load_ms page_dwell_ms'.split(' ');

  const { parse, stringify } = JSON;
  const { now } = Date;
  const page = document;
  const script = /** @type {HTMLScriptElement} */ (page.currentScript);
  const settings = script.dataset;
  const waiting = /** @type {[string, any][]} */ (window.aisle?.q || []);

  /** @type {Record<string, any>} */
  const memory = {};
  let failures = 0;
  /** @type {boolean | undefined} */
  let started;
  /** @type {boolean | undefined} */
  let sending;
  let timer = 0;

  /** @param {string} name @param {any} [fallback] */
  const load = (name, fallback = []) => {
    try {
      return memory[name] || parse(localStorage['aisle.' + name]);
    } catch {
      return fallback;
    }
  };

  /** @param {string} name @param {any} value */
  const save = (name, value) => {
    memory[name] = value;
    try {
      localStorage['aisle.' + name] = stringify(value);
      delete memory[name];
    } catch {
      // Private windows and full disks: this page's memory must do, and stands before anything older.
    }
  };

  /** @returns {any[]} */
  const queue = () => load('queue');

  const random = () => crypto.getRandomValues(new Uint32Array(4)).join('');

  /** The visitor and the visit; a visit ends with 30 idle minutes. */
  const visit = () => {
    const state = load('visit', { visitor: random() });
    now() - state.at < IDLE_MS || (state.session = random());
    state.at = now();
    save('visit', state);
    return state;
  };

  /** @param {string} path */
  const address = (path) => new URL(`/v1/${path}?key=${settings.key}`, script.src);

  // What the collector cannot use it will not use the second time either; what it could not take, or not from us, is to be tried again.
  /** @param {string} path @param {object} body @returns {Promise<{ rejected?: { index: number, problems: object[] }[] }>} */
  const post = async (path, body) => {
    const text = stringify(body);
    // Browsers refuse to keep more than 64 KB alive.
    const answer = await fetch(address(path), { method: 'POST', body: text, keepalive: text.length < 2e4 });
    const { status } = answer;
    if (status > 499 || status == 429 || status == 401) {
      throw status;
    }
    return answer.json().catch(() => 0);
  };

  /** @param {number} delay */
  const schedule = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  };

  const flush = async () => {
    const events = queue().slice(0, BATCH);
    if (sending || !events[0]) {
      return;
    }
    sending = true;
    let delay = 0;
    try {
      (await post('events', { events })).rejected?.forEach(({ index, problems }) => console.warn('aisle: rejected', events[index], problems));
      save('queue', queue().filter((event) => !events.some((sent) => sent.event_id == event.event_id)));
      failures = 0;
    } catch {
      delay = Math.min(SLOWEST_RETRY_MS, 1000 * 2 ** failures++) * (1 + Math.random()) / 2;
    }
    sending = false;
    schedule(delay);
  };

  // The answer to a beacon is never seen, so its events stay in the buffer: the next page sends them again and the collector counts them once.
  const beacon = () => {
    const events = queue().slice(-BATCH);
    if (events[0]) {
      navigator.sendBeacon(address('events'), stringify({ events }));
    }
  };

  /** Keeps an event for the collector, without the fields that it does not know. @param {any} fields @param {string} type */
  const track = (fields = {}, type) => {
    const { visitor, user, session } = visit();
    const own = {
      event_id: random(),
      user_id: user || visitor,
      assignment_id: visitor,
      session_id: session,
      event_type: type,
      event_timestamp: new Date(),
      device_type: /Mobi/.test(navigator.userAgent) ? 'mobile' : 'desktop',
      page_type: settings.pageType,
    };
    const all = {
      ...own,
      ...load('shown').find((/** @type {any} */ click) => click.product_id == fields.product_id && now() - click.at < ATTRIBUTED_MS),
      ...fields,
    };
    save('queue', [...queue(), parse(stringify(all, [...FIELDS, ...Object.keys(own)]))].slice(-KEPT));
    sending || failures || schedule(500);
  };

  /** An order is known by its own id, so that loading its page again counts nothing twice. @param {import('./aisle').Order} order */
  const purchase = (order) =>
    order.lines.forEach((line, index) =>
      track({ quantity: 1, ...order, ...line, event_id: [index, order.order_id, line.product_id].join('-').slice(0, 128) }, 'purchase'));

  /** @param {string} id */
  const identify = (id) => {
    const state = visit();
    if (state.user != id) {
      save('visit', { ...state, user: id });
      post('identities', { anonymous_id: state.visitor, user_id: id }).catch(() => save('visit', { ...visit(), user: null }));
    }
  };

  /** The slate, position and product of an element, or undefined. @param {Element | null} element */
  const shown = (element) => {
    const item = /** @type {any} */ (element?.closest('[data-product]'));
    const slate = /** @type {HTMLElement | null | undefined} */ (item?.closest('[data-slate]'));
    return slate && {
      product_id: item.dataset.product,
      slate_id: slate.dataset.slate,
      position: +(item.dataset.position || 1),
    };
  };

  const start = () => {
    if (started) {
      return;
    }
    started = true;
    const on = addEventListener;
    const timers = new WeakMap();
    const observer = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
      clearTimeout(timers.get(target));
      if (isIntersecting) {
        timers.set(target, setTimeout(() => {
          observer.unobserve(target);
          track(shown(target), 'impression');
        }, IN_VIEW_MS));
      }
    }), { threshold: 0.5 });
    const watch = () => page.querySelectorAll('[data-slate] [data-product]').forEach((item) =>
      timers.has(item) || timers.set(item, observer.observe(item)));
    new MutationObserver(watch).observe(page, { childList: true, subtree: true });
    watch();

    on('click', (event) => {
      const item = shown(/** @type {Element} */ (event.target));
      if (item?.product_id) {
        save('shown', [{ ...item, at: now() }, ...load('shown')].slice(0, CLICKS_KEPT));
        track(item, 'click');
      }
    }, true);

    const seen = () => setTimeout(() => track({
      page_load_ms: Math.round(/** @type {any} */ (performance.getEntriesByType('navigation')[0])?.loadEventEnd) || undefined,
    }, 'page_view'));
    page.readyState == 'complete' ? seen() : on('load', seen);

    on('online', () => schedule(0));
    on('visibilitychange', beacon);
    on('pagehide', beacon);
    schedule(0);
    waiting.forEach((call) => aisle(...call));
  };

  // Before consent nothing is stored: calls wait in the page.
  /** @type {Record<string, (fields: any, name: string) => void>} */
  const calls = { start, user: identify, purchase };
  /** @param {string} name @param {any} [fields] */
  const aisle = (name, fields) =>
    started || name == 'start' ? (calls[name] || track)(fields, name) : waiting.push([name, fields]);
  window.aisle = /** @type {any} */ (aisle);
  settings.wait == null && start();
})();
