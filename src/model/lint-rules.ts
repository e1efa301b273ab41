interface RuleText {
  readonly severity: 'error' | 'warning' | 'note';
  /** What it finds, one sentence. */
  readonly finds: string;
  readonly why: string;
  readonly fix: string;
}

/**
 * Every kind of finding, by its rule: the name in suppressions, JSON and annotations, which never changes.
 * `docs/lint-rules.md` is generated from it; a test keeps the two in sync.
 */
export const lintRules = {
  invalid: {
    severity: 'error',
    finds: 'The file breaks a rule of its schema, or contradicts itself.',
    why: 'Nothing can be planned from it. This cannot be forced.',
    fix: 'Follow the message; docs/experiment-reference.md explains every key.',
  },
  misspelt: {
    severity: 'error',
    finds: 'There is no such knob, but one with nearly the same name.',
    why: 'Spark silently accepts any key, so all levels would be the same configuration.',
    fix: 'Correct the key; `streamtune lint --fix` does it.',
  },
  value: {
    severity: 'error',
    finds:
      'A level that Spark or Kafka rejects: not a number, out of range, not one of the values.',
    why: 'Its trials would fail.',
    fix: 'Use a value that `streamtune knobs KEY` names.',
  },
  memory: {
    severity: 'error',
    finds: 'More driver memory than this machine has.',
    why: 'The JVM would not start, or the system would kill it.',
    fix: 'Leave room for the system and the broker.',
  },
  'cluster-too-small': {
    severity: 'error',
    finds:
      'A configuration for whose executors no worker has room; found by `plan`, if the master answers.',
    why: 'Spark would wait for ever, so `run` does not start. This cannot be forced.',
    fix: 'Ask for smaller executors, or start a larger worker.',
  },
  'broker-out-of-reach': {
    severity: 'error',
    finds: 'A `spark.master` whose executors run on other machines, without a `kafka` section.',
    why: 'The broker that is started for a run listens on this machine only, so the trials would read nothing.',
    fix: 'Name a Kafka that the executors reach: `kafka: { bootstrapServers: HOST:PORT }`. If all of the cluster is on this machine, as with a YARN of one node, suppress the finding and say so, or run with `--force`.',
  },
  'cluster-other-spark': {
    severity: 'error',
    finds:
      'A standalone cluster that runs another version of Spark than the driver would; found by `plan`, if that is known of it.',
    why: 'A cluster takes drivers of its own version only, so `run` does not start. This cannot be forced.',
    fix: "Ask for the cluster's version (spark.version), or start the cluster with the driver's.",
  },
  'few-batches': {
    severity: 'error',
    finds: 'Fewer than 10 batches of a trial can count, at any speed.',
    why: 'The first three batches, the warm-up and a partial last batch never count, and a trial with fewer than 10 others is no measurement.',
    fix: 'Use more records, a smaller source.maxOffsetsPerTrigger, or a longer window than the warm-up.',
  },
  'batches-at-risk': {
    severity: 'warning',
    finds:
      'On a machine that is slower or faster than the forecast assumes, fewer than 10 batches of a trial may count.',
    why: 'The warm-up is a time. On a fast machine, many or all records are read within it; on a slow one, few batches fit into the window.',
    fix: 'Use more records, or a longer window; `streamtune plan` shows how many batches will count.',
  },
  'time-limit': {
    severity: 'warning',
    finds: 'A trial is expected to take longer than measurement.timeLimit.',
    why: 'A trial that is stopped at its time limit does not count.',
    fix: 'Set measurement.window, after which a trial is complete, or raise timeLimit.',
  },
  'cannot-act': {
    severity: 'warning',
    finds: 'A knob that has no effect in this experiment.',
    why: 'All its levels are the same configuration to Spark, and any difference is noise.',
    fix: 'Remove it, or use the knob that the finding names.',
  },
  together: {
    severity: 'warning',
    finds: 'A knob without another that it needs.',
    why: 'Spark uses the default of the other, which is rarely what was meant.',
    fix: 'Set both.',
  },
  'suppression-without-reason': {
    severity: 'warning',
    finds: 'A `# streamtune-ignore: RULE` without a reason.',
    why: 'Nobody can judge later whether it is still right. It suppresses nothing until it has one.',
    fix: 'Write why after the rule: `# streamtune-ignore: cannot-act kept as a placebo`.',
  },
  'suppression-unused': {
    severity: 'warning',
    finds: 'A `# streamtune-ignore: RULE reason` that suppresses nothing.',
    why: 'It would hide a later finding that nobody has judged.',
    fix: 'Remove it; `streamtune lint --fix` does it. It concerns its own line, or, alone on a line, the next one.',
  },
  'canary-unread': {
    severity: 'note',
    finds: 'A canary that is on, or auto, where all trials take turns in a live driver.',
    why: 'It is not read there: turns are so short that the speed of the machine hardly changes between them.',
    fix: 'Turn it off, or leave it for the day on which the trials run by themselves.',
  },
  'hardly-acts': {
    severity: 'note',
    finds: 'A knob whose effect on a job like the shipped one is small.',
    why: 'It takes many blocks to see a small effect.',
    fix: 'Nothing, if that is the question.',
  },
  frozen: {
    severity: 'note',
    finds: 'A knob that varies, and whose first value a checkpoint keeps.',
    why: 'It acts here, as each trial has a fresh checkpoint. In a running job, it takes a new checkpoint to change it.',
    fix: 'Nothing, but remember it when you take over the result.',
  },
  unknown: {
    severity: 'note',
    finds: 'A knob that the catalogue does not know.',
    why: 'Only a measurement can tell what it does.',
    fix: 'Check the spelling.',
  },
} as const satisfies Record<string, RuleText>;

/** Identifies a kind of finding. */
export type LintRule = keyof typeof lintRules;

/** Whether a text names a rule. */
export function isLintRule(text: string): text is LintRule {
  return Object.hasOwn(lintRules, text);
}
