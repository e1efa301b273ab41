import { levelText, type Assignment } from '../../model/knob.js';
import type { Experiment } from '../../model/experiment.js';
import type { SideDifference } from '../../model/compare/result-comparison.js';
import type { RunRecord } from '../../model/run/run-record.js';

type Row = readonly [what: SideDifference['what'], before: unknown, after: unknown];

/**
 * Everything that differs between two runs beside their configurations: first what changes the meaning of a rate, which
 * is the data, the job and how a trial is measured, then versions, machine and settings.
 */
export function runDifferences(before: RunRecord, after: RunRecord): SideDifference[] {
  const of = (rows: readonly Row[], changesMeaning: boolean): SideDifference[] =>
    rows
      .filter(([, one, other]) => one !== other && one !== undefined && other !== undefined)
      .map(([what, one, other]) => ({
        ...{ what, changesMeaning },
        ...{ before: String(one), after: String(other) },
      }));
  return [
    ...of(meaningRows(before, after), true),
    ...of(placeRows(before, after), false),
    ...settingDifferences(before, after),
  ];
}

function meaningRows(one: RunRecord, other: RunRecord): Row[] {
  const pair = (value: (run: RunRecord) => unknown) => [value(one), value(other)] as const;
  return [
    [
      'simulation',
      ...pair(({ manifest }) => (manifest.simulation === undefined ? 'none' : 'simulated')),
    ],
    ['data', ...pair(dataText)],
    ['job', ...pair(jobText)],
    ['mode', ...pair(({ experiment }) => modeText(experiment))],
    ['warm-up', ...pair(({ experiment }) => `${String(experiment.measurement.warmupSeconds)} s`)],
    ['window', ...pair(({ experiment }) => windowText(experiment))],
  ];
}

function placeRows({ manifest: one, experiment }: RunRecord, other: RunRecord): Row[] {
  const { manifest: two } = other;
  const canary = ({ measurement }: Experiment) => (measurement.canary ? 'on' : 'off');
  return [
    ['spark', one.versions.spark, two.versions.spark],
    ['kafka', one.versions.kafka, two.versions.kafka],
    ['java', one.versions.java, two.versions.java],
    ['python', one.versions.python, two.versions.python],
    ['broker', one.broker, two.broker],
    ['machine', one.machine.platform, two.machine.platform],
    ['processor', one.machine.cpuModel, two.machine.cpuModel],
    ['processors', one.machine.cpuCount, two.machine.cpuCount],
    ['memory', one.machine.memoryBytes, two.machine.memoryBytes],
    ['canary', canary(experiment), canary(other.experiment)],
    ['streamtune', one.streamtuneVersion, two.streamtuneVersion],
    ['world', one.simulation, two.simulation],
  ];
}

function dataText({ manifest }: RunRecord): string {
  return `${manifest.hashes.dataset}, ${String(manifest.data.records)} records`;
}

/** By its content, not by the path where it lies; with what it is given. */
function jobText({ manifest, experiment: { job } }: RunRecord): string {
  const content = manifest.hashes.job.slice(0, 12);
  if (job.kind === 'template') return `${job.kind} ${content}`;
  const { args, env, query } = job;
  const given = [...args, ...Object.entries(env).map(([key, value]) => `${key}=${value}`)];
  const measured = query === undefined ? '' : `, query ${query}`;
  const replaced = job.kind === 'script' ? `, override ${job.override.join('+')}` : '';
  return `${job.kind} ${content}${given.length === 0 ? '' : ` ${given.join(' ')}`}${replaced}${measured}`;
}

function modeText({ measurement: { mode } }: Experiment): string {
  return mode === 'drain' ? 'drain' : `offered, ${String(mode.ratePerSecond)} records/s`;
}

function windowText({ measurement: { windowSeconds } }: Experiment): string {
  return windowSeconds === undefined ? 'the whole backlog' : `${String(windowSeconds)} s`;
}

/** Knobs that are the same within each run and differ between the two. What the job is told changes its work. */
function settingDifferences(before: RunRecord, after: RunRecord): SideDifference[] {
  const varied = variedKeys([before, after]);
  const [one, other] = [constantsOf(before), constantsOf(after)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((key) => !varied.includes(key) && (one[key] ?? null) !== (other[key] ?? null))
    .map((key) => ({
      ...{ what: 'setting', key, changesMeaning: key.startsWith('job.') },
      ...{ before: levelText(one[key] ?? null), after: levelText(other[key] ?? null) },
    }));
}

function constantsOf({ plan }: RunRecord): Assignment {
  return plan.configurations[0]?.knobs ?? {};
}

/** The keys that differ between the configurations of one of these runs. */
export function variedKeys(runs: readonly RunRecord[]): string[] {
  const keys = runs.flatMap(({ experiment }) => experiment.factors.map(({ key }) => key));
  return [...new Set(keys)];
}
