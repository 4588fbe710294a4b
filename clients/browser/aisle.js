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

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const settings = script.dataset;
  const collector = new URL(script.src).origin + '/v1/';
  const key = '?key=' + settings.key;
  const waiting = /** @type {import('./aisle').Call[]} */ (window.aisle?.q || []);

  /** @type {Record<string, any>} */
  const memory = {};
  let started = false;
  let sending = false;
  let failures = 0;
  let timer = 0;

  /** @param {string} name @param {any} fallback */
  const load = (name, fallback) => {
    try {
      return JSON.parse(localStorage['aisle.' + name]);
    } catch {
      return memory[name] || fallback;
    }
  };

  /** @param {string} name @param {any} value */
  const save = (name, value) => {
    memory[name] = value;
    try {
      localStorage['aisle.' + name] = JSON.stringify(value);
    } catch {
      // Private windows and full disks: this page's memory must do, and nothing older may stand before it.
      try {
        delete localStorage['aisle.' + name];
      } catch {}
    }
  };

  /** @returns {any[]} */
  const queue = () => load('queue', []);

  const random = () => crypto.getRandomValues(new Uint32Array(4)).join('');

  /** The visitor and the visit; a visit ends with 30 idle minutes. */
  const visit = () => {
    const now = Date.now();
    const state = load('visit', { visitor: random() });
    state.session = now - state.at < IDLE_MS ? state.session : random();
    state.at = now;
    save('visit', state);
    return state;
  };

  // What the collector cannot use it will not use the second time either; what it could not take, or not from us, is to be tried again.
  /** @param {string} path @param {object} body */
  const post = async (path, body) => {
    const text = JSON.stringify(body);
    // Browsers refuse to keep more than 64 KB alive.
    const { status } = await fetch(collector + path + key, { method: 'POST', body: text, keepalive: text.length < 2e4 });
    if (status > 499 || status == 429 || status == 401) {
      throw status;
    }
  };

  /** @param {number} delay */
  const schedule = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  };

  const flush = async () => {
    const events = queue().slice(0, BATCH);
    if (sending || !started || !events.length) {
      return;
    }
    sending = true;
    let delay = 0;
    try {
      await post('events', { events });
      const sent = events.map((event) => event.event_id);
      save('queue', queue().filter((event) => !sent.includes(event.event_id)));
      failures = 0;
    } catch {
      delay = Math.min(SLOWEST_RETRY_MS, 1000 * 2 ** failures++) * (0.5 + Math.random() / 2);
    }
    sending = false;
    schedule(delay);
  };

  // The answer to a beacon is never seen, so its events stay in the buffer: the next page sends them again and the collector counts them once.
  const beacon = () => {
    const events = queue().slice(-BATCH);
    if (started && events.length) {
      navigator.sendBeacon(collector + 'events' + key, JSON.stringify({ events }));
    }
  };

  /** @param {string} type @param {any} [fields] */
  const track = (type, fields = {}) => {
    const { visitor, user, session } = visit();
    const [, slate_id, position, at] = load('shown', []).find((/** @type {any[]} */ click) => click[0] == fields.product_id) || [];
    save('queue', [
      ...queue(),
      {
        event_id: random(),
        user_id: user || visitor,
        assignment_id: visitor,
        session_id: session,
        event_type: type,
        event_timestamp: new Date().toISOString(),
        device_type: /Mobi/.test(navigator.userAgent) ? 'mobile' : 'desktop',
        page_type: settings.pageType,
        ...(Date.now() - at < ATTRIBUTED_MS && { slate_id, position }),
        ...fields,
      },
    ].slice(-KEPT));
    if (!sending && !failures) {
      schedule(500);
    }
  };

  /** An order is known by its own id, so that loading its page again counts nothing twice. @param {import('./aisle').Order} order */
  const purchase = ({ lines, ...order }) =>
    lines.forEach((line, index) =>
      track('purchase', { quantity: 1, ...order, ...line, event_id: [index, order.order_id, line.product_id].join('-').slice(0, 128) }));

  /** @param {string} id */
  const identify = (id) => {
    const state = visit();
    if (state.user != id) {
      save('visit', { ...state, user: id });
      post('identities', { anonymous_id: state.visitor, user_id: id }).catch(() => save('visit', { ...visit(), user: undefined }));
    }
  };

  /** The slate, position and product of an element, or undefined. @param {Element | null} element */
  const shown = (element) => {
    const item = /** @type {HTMLElement | null | undefined} */ (element?.closest('[data-product]'));
    const slate = /** @type {HTMLElement | null | undefined} */ (item?.closest('[data-slate]'));
    return item && slate && {
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
    const timers = new WeakMap();
    const observer = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
      clearTimeout(timers.get(target));
      if (isIntersecting) {
        timers.set(target, setTimeout(() => {
          observer.unobserve(target);
          track('impression', shown(target));
        }, IN_VIEW_MS));
      }
    }), { threshold: 0.5 });
    const watch = () => document.querySelectorAll('[data-slate] [data-product]').forEach((item) =>
      timers.has(item) || timers.set(item, observer.observe(item)));
    new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
    watch();

    addEventListener('click', (event) => {
      const item = shown(/** @type {Element} */ (event.target));
      if (item?.product_id) {
        save('shown', [[item.product_id, item.slate_id, item.position, Date.now()], ...load('shown', [])].slice(0, CLICKS_KEPT));
        track('click', item);
      }
    }, true);

    const page = () => setTimeout(() => {
      const navigation = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType('navigation')[0]);
      track('page_view', { page_load_ms: Math.round(navigation?.loadEventEnd || 0) || undefined });
    });
    document.readyState == 'complete' ? page() : addEventListener('load', page);

    addEventListener('online', () => schedule(0));
    addEventListener('visibilitychange', beacon);
    addEventListener('pagehide', beacon);
    schedule(0);
    waiting.splice(0).forEach((call) => aisle(...call));
  };

  // Before consent nothing is stored: calls wait in the page.
  /** @type {any} */
  const calls = { user: identify, purchase };
  /** @param {import('./aisle').Call} call */
  const aisle = (...call) =>
    call[0] == 'start' ? start()
      : started ? (calls[call[0]] || ((/** @type {any} */ fields) => track(call[0], fields)))(call[1])
        : waiting.push(call);
  window.aisle = /** @type {any} */ (aisle);
  settings.wait == null && start();
})();
