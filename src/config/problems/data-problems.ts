import type { Assignment, Level } from '../../model/knob.js';
import type { JobFile } from '../job/job-problems.js';
import type { Problem } from './schema-problems.js';

type DataKind = 'generated' | 'file' | 'topic' | 'command';

/** The section `data` of a file that has passed its schema. */
export interface DataFile {
  readonly kind?: DataKind;
  readonly records?: number;
  readonly seed?: number;
  readonly path?: string;
  readonly topic?: string;
  readonly command?: readonly string[];
  readonly owned?: boolean;
}

/** What the data have to go with. */
interface WithData {
  readonly data?: DataFile;
  readonly job?: JobFile;
  readonly kafka?: object;
  readonly measurement?: { readonly mode?: 'drain' | 'offered' };
  readonly knobs?: Assignment;
  readonly factors?: Readonly<Record<string, readonly Level[]>>;
}

/** The kind of the data; a topic or a command tells it as well. */
export function dataKindOf({ kind, topic, command }: DataFile): DataKind {
  if (kind !== undefined) return kind;
  return topic !== undefined ? 'topic' : command !== undefined ? 'command' : 'generated';
}

/** The key that belongs to each kind of data, and to no other. */
const ownKeys = { file: 'path', topic: 'topic', command: 'command' } as const;

/** Finds keys of the data that do not go together, or do not go with the rest of the experiment. */
export function dataProblems(file: WithData): Problem[] {
  const { data = {} } = file;
  const kind = dataKindOf(data);
  const at = (key: string, message: string) => [{ path: ['data', key], atKey: true, message }];
  for (const [owner, key] of Object.entries(ownKeys)) {
    if (owner === kind && data[key] === undefined) {
      return [{ path: ['data'], message: `data of the kind ${kind} needs a "${key}"` }];
    }
    if (owner !== kind && data[key] !== undefined) {
      return at(key, `"${key}" goes with kind: ${owner}`);
    }
  }
  if (data.seed !== undefined && (kind === 'topic' || kind === 'command')) {
    return at('seed', '"seed" goes with kind: generated');
  }
  if (kind === 'command' && data.records === undefined) {
    return at('command', 'a command needs "records": how many lines of its output to take');
  }
  return [...ownedProblems(file, kind), ...(kind === 'topic' ? topicProblems(file) : [])];
}

function ownedProblems({ data = {}, knobs = {} }: WithData, kind: DataKind): Problem[] {
  if (data.owned !== true) return [];
  const path = ['data', 'owned'];
  if (kind === 'topic') {
    const message = 'a topic that is read as it is is never changed; "owned" goes with topic.name';
    return [{ path, atKey: true, message }];
  }
  return 'topic.name' in knobs
    ? []
    : [{ path, atKey: true, message: '"owned" goes with the knob topic.name' }];
}

/** Knobs that say what data.topic says already, by its name or by its scope. */
const decided = [
  'topic.name',
  'topic.partitions',
  'source.startingOffsets',
  'source.startingOffsetsByTimestamp',
  'source.startingTimestamp',
];

function topicProblems({
  kafka,
  measurement,
  job = {},
  knobs = {},
  factors = {},
}: WithData): Problem[] {
  if (kafka === undefined) {
    const message = 'data.topic needs kafka.bootstrapServers: a broker started for a run is empty';
    return [{ path: ['data', 'topic'], atKey: true, message }];
  }
  if (measurement?.mode === 'offered') {
    const message = 'mode offered sends records to a topic of its own, and data.topic has one';
    return [{ path: ['measurement', 'mode'], message }];
  }
  if (!beginsThere(job)) {
    const message =
      'each trial has to begin at the same record: hand over ${kafka.startingOffsets} in job.args or job.env';
    return [{ path: ['data', 'topic'], atKey: true, message }];
  }
  const places = [
    ...Object.keys(knobs).map((key) => ['knobs', key]),
    ...Object.keys(factors).map((key) => ['factors', key]),
  ];
  return places
    .filter(([, key = '']) => decided.includes(key))
    .map((path) => ({
      path,
      atKey: true,
      message: `${path[1] ?? ''} does not go with data.topic, which is read as it is, from one place for all trials`,
    }));
}

/** Whether the job can be made to begin at the offsets of the run, or takes them itself. */
function beginsThere({ jar, script, override, args = [], env = {} }: JobFile): boolean {
  const isTold = [...args, ...Object.values(env)].some((text) =>
    String(text).includes('${kafka.startingOffsets}'),
  );
  if (isTold || (jar === undefined && script === undefined)) return true;
  return jar === undefined && (override === undefined || override.includes('source'));
}
