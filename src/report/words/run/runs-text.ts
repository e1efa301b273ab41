import type { ReportModel } from '../../../model/run/report-model.js';
import type { RunListing } from '../../../model/run/run-listing.js';
import { toPlainText } from '../sentence.js';
import { states } from './status-text.js';
import { configurationName, percent, plural } from '../wording.js';

/** Renders a run of a list as a few lines for people, its folder first. */
export function renderListing(listing: RunListing): string {
  if (listing.kind === 'refused') {
    return `${listing.folder}\n  ${stateOf(listing)}: ${listing.why}`;
  }
  const { folder, model, state, blocksDone, blocksPlanned } = listing;
  const { manifest, experiment } = model.run;
  const started = `${manifest.startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    folder,
    `  ${experiment.name}, started ${started}, ${String(blocksDone)} of ${plural(blocksPlanned, 'block')} done`,
    `  ${toPlainText(states[state])}`,
    `  ${shortVerdict(model)}`,
  ].join('\n');
}

/** Renders a list of runs for programs. */
export function renderListingJson(listings: readonly RunListing[]): string {
  return JSON.stringify(listings.map(jsonPart), null, 2);
}

function jsonPart(listing: RunListing): object {
  if (listing.kind === 'refused') {
    const { folder, code, why } = listing;
    return { folder, name: null, state: stateOf(listing), code, why };
  }
  const { folder, model, state, blocksDone, blocksPlanned } = listing;
  const { manifest, experiment, journal } = model.run;
  return {
    folder,
    name: experiment.name,
    state,
    journal,
    startedAt: manifest.startedAt,
    simulated: manifest.simulation !== undefined,
    blocksDone,
    blocksPlanned,
    verdict: shortVerdict(model),
  };
}

/** A folder of another version, or one that is no run's, is not damaged. */
function stateOf({ code }: Pick<Extract<RunListing, { kind: 'refused' }>, 'code'>): string {
  return code === 'RUN_FOLDER_INVALID' ? 'unreadable' : 'damaged';
}

/** The best configuration with its gain, or that there is none; no claim beyond the verdicts of the report. */
function shortVerdict(model: ReportModel): string {
  const { rows, run } = model;
  const gainOf = (row: ReportModel['rows'][number]) => row.throughput?.estimate?.gain ?? 0;
  const better = rows
    .filter(({ throughput }) => throughput?.kind === 'better')
    .sort((a, b) => gainOf(b) - gainOf(a));
  const [best] = better;
  const others = better.length > 1 ? `, and ${plural(better.length - 1, 'other')}` : '';
  const notes = [
    ...(run.manifest.simulation === undefined ? [] : ['simulated']),
    ...(run.journal === 'whole' ? [] : [`its journal is ${run.journal}`]),
  ];
  const says =
    best === undefined
      ? whatElse(model)
      : `better: ${configurationName(best.configuration, run.experiment.baseline).replaceAll('\n', ' ')} ${percent(gainOf(best))}${others}`;
  return notes.length === 0 ? says : `${says} (${notes.join(', ')})`;
}

function whatElse({ rows }: ReportModel): string {
  const candidates = rows.filter(({ configuration }) => configuration.role === 'candidate');
  const compared = candidates.some(({ throughput }) => (throughput?.estimate ?? null) !== null);
  return compared ? 'no configuration was found to be better' : 'nothing has been compared yet';
}
