// Many pages in one program: each with the real line and the real state of the nurse's page, without its screen.
// `node swarm.mjs ADDRESS COUNT < commands`; the first line of standard input holds the session tokens, as JSON.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';

// @ts-expect-error a library without types
import WS from 'ws';

const TICK_MS = 1000;
const OPEN_EVERY_MS = 20;
const [address, count] = [process.argv[2], Number(process.argv[3])];
const plainFetch = globalThis.fetch;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** @type {string[]} */
const tokens = JSON.parse((await lines.next()).value);
let used = 0;
/** The cookie of one session after the other: all of them belong to nurses. */
const cookie = () => `uitwijk_session=${tokens[used++ % tokens.length]}`;

// What the page finds in a browser.
class PageSocket extends WS {
  /** @param {string} url @param {string[]} protocols */
  constructor(url, protocols) {
    super(url, protocols, { headers: { Cookie: cookie(), Origin: address } });
  }
}
Object.assign(globalThis, {
  self: globalThis,
  window: { addEventListener() {} },
  document: { addEventListener() {}, visibilityState: 'visible' },
  location: new URL(address),
  WebSocket: PageSocket,
  fetch: (/** @type {string} */ path, /** @type {RequestInit} */ options = {}) =>
    plainFetch(new URL(path, address), { ...options, headers: { ...options.headers, Cookie: cookie() } }),
});
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
const { openConnection } = await import('../../static/js/connection.js');
const { initialState, isSilent, needsSnapshot, reduce } = await import('../../static/js/state.js');

/** One page; ties line and state together as the page's own `link.js` does. */
class Page {
  constructor() {
    this.state = initialState(Date.now());
    /** @type {[number, string, number, number][]} moment in ms, epoch, number of the board, 1 when the page says that it is cut off */
    this.history = [];
    this.snapshots = 0;
    /** @type {{board: import('../../static/js/types.js').Board | null, digest: string} | null} */
    this.digested = null;
    const now = () => Date.now();
    this.line = openConnection({
      onPhase: (phase) => this.dispatch({ type: 'link', phase, now: now() }),
      onBeat: (beat) => this.dispatch({ type: 'heard', now: now(), beat }),
      onBoard: (board) => { this.snapshots += 1; this.dispatch({ type: 'board', board, now: now() }); },
      onDelta: (delta) => this.dispatch({ type: 'board-delta', delta, now: now() }),
      onSession: (me) => this.dispatch({ type: 'me', me }),
      onExpired: () => this.dispatch({ type: 'session-expired' }),
    });
    this.line.start();
    setTimeout(() => setInterval(() => this.dispatch({ type: 'tick', now: now() }), TICK_MS), Math.random() * TICK_MS);
  }

  /** @param {import('../../static/js/types.js').Action} action */
  dispatch(action) {
    const before = this.state;
    this.state = reduce(before, action);
    if (needsSnapshot(before, action)) this.line.askBoard();
    if (action.type === 'tick' && isSilent(this.state) && this.state.link.phase === 'open') this.line.heal();
    this.note();
  }

  note() {
    const { board } = this.state;
    /** @type {[string, number, number]} */
    const shown = [board?.epoch ?? '', board?.seq ?? -1, Number(isSilent(this.state))];
    const last = this.history.at(-1);
    if (!last || shown.some((value, i) => value !== last[i + 1])) this.history.push([Date.now(), ...shown]);
  }

  /** The stops that the page shows, as one short text that two pages have in common when they show the same. */
  get digest() {
    const { board } = this.state;
    // Otherwise looking at hundreds of pages would keep them from their work.
    if (this.digested?.board !== board || !this.digested) this.digested = { board, digest: digestOf(board) };
    return this.digested.digest;
  }
}

/** @param {import('../../static/js/types.js').Board | null} board */
function digestOf(board) {
  const shown = (board?.hospitals ?? []).flatMap(({ id, departments }) =>
    Object.entries(departments).filter(([, state]) => state?.stop_id).map(([name, state]) => `${id} ${name} ${state?.stop_id}`));
  return createHash('sha256').update(shown.sort().join('\n')).digest('hex');
}

/** @type {[number, number][]} when this program itself stood still, from and until: hundreds of pages share it */
const stood = [];
let lookedAt = Date.now();
setInterval(() => {
  if (Date.now() - lookedAt > 2 * TICK_MS) stood.push([lookedAt, Date.now()]);
  lookedAt = Date.now();
}, TICK_MS / 4);

/** @type {Page[]} */
const pages = [];
for (let i = 0; i < count; i += 1) {
  pages.push(new Page());
  await new Promise((resolve) => { setTimeout(resolve, OPEN_EVERY_MS); });
}

/** What runs on by itself on every screen and is no part of what is compared. */
const steady = (/** @type {unknown} */ hospitals) => JSON.parse(JSON.stringify(hospitals, (key, value) => (['age_s', 'reported_at'].includes(key) ? undefined : value)));

/** @type {Record<string, (argument: string) => unknown>} */
const COMMANDS = {
  look: () => pages.map((page) => ({
    phase: page.state.link.phase, silent: isSilent(page.state), seq: page.state.board?.seq ?? -1, digest: page.digest, snapshots: page.snapshots,
  })),
  stood: () => stood,
  history: () => pages.map((page) => page.history),
  /** The pages that show another board than the given one, field for field. */
  differ: (board) => {
    const wanted = steady(JSON.parse(board).hospitals);
    return pages.flatMap((page, i) => (isDeepStrictEqual(steady(page.state.board?.hospitals), wanted) ? [] : [i]));
  },
};
for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const [command, ...rest] = line.value.split(' ');
  process.stdout.write(`${JSON.stringify(COMMANDS[command](rest.join(' ')))}\n`);
}
process.exit(0);
