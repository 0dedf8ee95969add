// The log: one line for each failure, and a count where there are many, so that a flood neither fills it nor goes unseen.

/** Lines of one kind in a minute. */
const most = 5;
const counts = new Map();

/** A line of JSON: nothing that a visitor sends can begin one of its own. */
const say = (what, facts = {}) =>
  console.log(JSON.stringify({ time: new Date().toISOString(), what, ...facts }));

export const journal = {
  say,
  /**
   * @param name the page that somebody saw
   * @param reason why, as far as that is known
   * @param from the visitor's address, as the edge says it
   */
  failure(name, reason, from) {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > most) return;
    say('failed', { page: name, from: short(from), ...(reason && { reason: short(reason) }) });
  },
};

/** Printable, so that no terminal obeys it. */
const short = (text) =>
  String(text ?? '')
    .slice(0, 300)
    .replace(/[^\x20-\x7e]/g, '?');

setInterval(() => {
  for (const [page, count] of counts) {
    if (count > most) say('failed often', { page, inTheLastMinute: count });
  }
  counts.clear();
}, 60_000).unref();
