import type { ConfigurationRow } from '../model/run/report-model.js';
import type { MachineLoad } from '../model/trial/machine-load.js';
import { coresOf, hostsOf, isLate, type ExecutorsSeen } from '../model/executors-seen.js';
import type { TaskLocality } from '../model/trial/progress-event.js';
import type { EndedTrial } from '../model/trial/ended-trial.js';
import { link, type Sentence } from './words/sentence.js';
import { count, magnitude, plural } from './words/wording.js';

interface TrialColumn {
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly cell: (record: EndedTrial) => string | Sentence;
}

/** What a report shows of each trial of a configuration. */
export function trialColumnsOf({ trials }: ConfigurationRow): readonly TrialColumn[] {
  const read = trials.some(({ measurement }) => measurement?.canary != null);
  const cluster = trials.some(({ executors }) => executors !== undefined);
  const located = trials.some(({ measurement }) => measurement?.locality !== undefined);
  const without = [
    ...(read ? [] : [canaryLabel]),
    ...(cluster ? [] : [executorsLabel]),
    ...(located ? [] : [localityLabel]),
  ];
  return trialColumns.filter(({ label }) => !without.includes(label));
}

const canaryLabel = 'speed canary ms';
const executorsLabel = 'executors';
const localityLabel = 'locality of tasks';

const trialColumns: readonly TrialColumn[] = [
  { label: 'trial', align: 'left', cell: ({ trial: { id } }) => [link(id, `trials/${id}/`)] },
  { label: 'outcome', align: 'left', cell: ({ outcome }) => outcome.kind },
  { label: 'rows/s', align: 'right', cell: (record) => count(record.measurement?.rowsPerSecond) },
  {
    label: 'batch ms p50 / p95 / p99 / max',
    align: 'right',
    cell: ({ measurement }) =>
      (['p50', 'p95', 'p99', 'max'] as const)
        .map((q) => count(measurement?.batchMs?.[q]))
        .join(' / '),
  },
  {
    label: 'batches counted / all',
    align: 'right',
    cell: ({ measurement }) =>
      `${count(measurement?.counts.counted)} / ${count(measurement?.counts.batches)}`,
  },
  {
    label: 'tasks by stage',
    align: 'right',
    cell: ({ measurement }) =>
      measurement?.stageTasks?.map(count).join(' + ') ?? count(measurement?.shufflePartitions),
  },
  {
    label: canaryLabel,
    align: 'right',
    cell: ({ measurement }) => measurement?.canary?.medianCpuMs.toFixed(2) ?? '—',
  },
  { label: executorsLabel, align: 'left', cell: ({ executors }) => executorsText(executors) },
  {
    label: localityLabel,
    align: 'left',
    cell: ({ measurement }) => localityText(measurement?.locality),
  },
  { label: 'load / others', align: 'right', cell: ({ machine }) => loadText(machine) },
];

/** `3 (6 cores) on host-a, host-b; 1 late; 1 lost` */
function executorsText(seen: ExecutorsSeen | undefined): string {
  if (seen === undefined) return '—';
  const late = seen.gained.filter(isLate).length;
  const less = [
    ...(late === 0 ? [] : [`; ${count(late)} late`]),
    ...(seen.lost.length === 0 ? [] : [`; ${count(seen.lost.length)} lost`]),
  ].join('');
  const cores = coresOf(seen.gained);
  const all = cores === null ? '' : ` (${plural(cores, 'core')})`;
  return `${count(seen.gained.length)}${all} on ${hostsOf(seen).join(', ')}${less}`;
}

/** `PROCESS_LOCAL 95 %, ANY 5 %`, nearest first. */
function localityText(locality: TaskLocality = {}): string {
  const nearest = ['PROCESS_LOCAL', 'NODE_LOCAL', 'NO_PREF', 'RACK_LOCAL', 'ANY'];
  const all = Object.values(locality).reduce((sum, tasks) => sum + tasks, 0);
  const shown = Object.entries(locality)
    .sort(([one], [other]) => nearest.indexOf(one) - nearest.indexOf(other))
    .map(([level, tasks]) => `${level} ${magnitude(tasks / all)}`);
  return shown.length === 0 ? '—' : shown.join(', ');
}

/** One-minute load, and the share of the processors used by other programs. */
function loadText(machine: MachineLoad | null): string {
  const load = machine?.load1?.toFixed(1) ?? '—';
  const others = machine?.othersShare;
  return `${load} / ${others === null || others === undefined ? '—' : magnitude(others)}`;
}
