import type { JarJob } from '../../model/experiment.js';
import { isSet, scopeOf, type Assignment } from '../../model/knob.js';
import { referencesIn } from '../../model/secret.js';
import { triggerAndTopicProblems } from '../knob-problems.js';
import { namesIn, referenceProblem } from '../script/knob-references.js';

/** Spark's event log is where the progress comes from. */
const ownKnobs = ['spark.eventLog.enabled', 'spark.eventLog.dir'];

/** What is wrong with a configuration's knobs for a jar, a sentence each; empty if it can run. */
export function jarKnobProblems({ args, env }: JarJob, knobs: Assignment): string[] {
  const named = new Set([...args, ...Object.values(env)].flatMap(namesIn));
  return [
    ...[...named].flatMap((name) => referenceProblem(name, knobs) ?? []),
    ...triggerAndTopicProblems(knobs, 'a jar'),
    ...codecProblems(knobs),
    ...Object.keys(knobs)
      .filter((key) => isSet(knobs, key))
      .flatMap((key) => knobProblem(key, knobs, named) ?? []),
  ];
}

/** Spark hands on each event of a log as it comes, but LZ4Block keeps it until its block is full (`CompressionCodec`). */
function codecProblems(knobs: Assignment): string[] {
  const codec = knobs['spark.eventLog.compression.codec'];
  const isPacked = String(knobs['spark.eventLog.compress'] ?? 'false') === 'true';
  return isPacked && codec === 'lz4'
    ? [
        'spark.eventLog.compression.codec is lz4, which holds events back, so a batch would be seen long after its end; take zstd or snappy.',
      ]
    : [];
}

function knobProblem(
  key: string,
  knobs: Assignment,
  named: ReadonlySet<string>,
): string | undefined {
  if (ownKnobs.includes(key)) {
    return `${key} is streamtune's own for a jar: the progress of each trial comes from the event log in its folder.`;
  }
  if (referencesIn(String(knobs[key])).length > 0) {
    return `${key} holds a password, which a jar cannot be given: every user of the machine could read it among the arguments. Let the program read it from a file.`;
  }
  // Nothing in a compiled program can be replaced: what it is not told, it cannot heed.
  const scope = scopeOf(key);
  if (scope === 'spark' || scope === 'topic' || named.has(key)) return undefined;
  return `${key} reaches the jar in no way: hand it over in job.args or job.env, as \${${key}}.`;
}
