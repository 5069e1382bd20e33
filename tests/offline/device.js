// What a test asks of the device: cases judged in the page, in the form in which the server's rules are written down.
import { judge } from '/static/js/offline/judge.js';
import { ask } from '/static/js/offline/question.js';
import { rank } from '/static/js/offline/rank.js';
import { openTables } from '/static/js/offline/tables.js';
import { writer } from '/static/js/offline/text.js';
import { judgeAll } from '/static/js/offline/verdicts.js';

const overview = await (await fetch('/api/v1/package')).json();
const rules = await (await fetch(`/api/v1/package/rules/${overview.parts.rules.id}`)).json();
const tables = openTables(rules);

const pictureOf = (asked) => ({
  sites: new Map(asked.sites.map((site) => [site.id, site])), states: asked.states, lapses: asked.lapses,
  complete: new Set(asked.complete), pending: new Set(asked.pending),
});

function told(site, verdict, now, inWords) {
  const { sentence, headline } = writer(rules, site, now);
  const words = (reason) => (inWords ? [sentence(reason, 0), sentence(reason, 1)] : []);
  return [
    site.id, verdict.outcome, verdict.reasons.map((reason) => [reason.said.rule, reason.said.section, reason.effect, ...words(reason)]),
    ...(inWords ? [headline(verdict, 0), headline(verdict, 1)] : []),
    verdict.edition.id, Object.values(verdict.atArrival), verdict.call, verdict.duties, verdict.judgement,
  ];
}

/** Every hospital of a board, in order. */
export function answer(asked, inWords) {
  const { ranked } = judgeAll(rules, tables, asked.patient, pictureOf(asked), asked.arrivals, asked.inbound, asked.now);
  return ranked.map(({ site, verdict }) => told(site, verdict, asked.now, inWords));
}

/** Hospitals that each stand on a board of their own, in order. */
export function order(patient, boards) {
  const options = boards.map(({ hospital, ...asked }) => {
    const picture = pictureOf(asked);
    const site = picture.sites.get(hospital);
    const arrival = asked.arrivals[hospital];
    const verdict = judge(ask(rules, tables, patient, picture, asked.now), site, arrival);
    return { verdict, name: site.name, driveTimeS: (arrival.expected - asked.now) / 1000, inbound: 0, known: patient.relation[hospital]?.active === 'yes' };
  });
  return rank(options, patient, rules.outcomes).map(({ verdict }) => [verdict.hospital, verdict.outcome]);
}

/** The places of the cases of which the answer is not the expected one. */
export function differing(batch, inWords) {
  return batch.flatMap(([asked, expected], place) => (JSON.stringify(answer(asked, inWords)) === JSON.stringify(expected) ? [] : [place]));
}
