import type { Configuration } from '../model/configuration.js';
import { bySeverity, type Finding } from '../model/finding.js';
import { levelText, type Level } from '../model/knob.js';
import { targetOf } from '../model/target.js';
import { catalogue, defaultOf, findKnob, type KnobEntry } from './catalogue.js';
import { closestName } from './closest-name.js';
import { bytesOf, valueProblem } from './value-problem.js';
import { whyInert, type ActContext } from './why-inert.js';

export interface LintContext extends ActContext {
  /** Of the machine that a local master runs on. */
  readonly memoryBytes: number;
  /** Keys that differ between the configurations. */
  readonly variedKeys: readonly string[];
}

/** Checks an experiment's knobs against the catalogue; the most severe findings first. */
export function lint(configurations: readonly Configuration[], context: LintContext): Finding[] {
  const uses = usesOf(configurations);
  const findings = [...uses].flatMap(([key, use]) => {
    const entry = findKnob(key);
    return entry === undefined
      ? [...unknownFindings(key), ...inertFindings(key, use, context)]
      : [
          ...valueFindings({ ...entry, default: defaultOf(entry, context.sparkVersion) }, key, use),
          ...memoryFindings(key, use, context),
          ...inertFindings(key, use, context),
          ...togetherFindings(entry, key, use),
          ...goodToKnow(entry, key, context),
        ];
  });
  return bySeverity(findings);
}

/** The levels of a key, each with a configuration that has it. */
type Use = ReadonlyMap<Level, Configuration>;

function usesOf(configurations: readonly Configuration[]): Map<string, Map<Level, Configuration>> {
  const uses = new Map<string, Map<Level, Configuration>>();
  for (const configuration of configurations) {
    for (const [key, level] of Object.entries(configuration.knobs)) {
      if (level === null) continue;
      const found = uses.get(key) ?? new Map<Level, Configuration>();
      if (!found.has(level)) found.set(level, configuration);
      uses.set(key, found);
    }
  }
  return uses;
}

function unknownFindings(key: string): Finding[] {
  const names = catalogue().map((entry) => entry.key);
  const meant = closestName(key, names, Math.max(2, Math.floor(key.length / 12)));
  if (meant === undefined || key.startsWith('source.kafka.')) {
    return key.startsWith('source.') && !key.startsWith('source.kafka.')
      ? []
      : [
          {
            severity: 'note',
            rule: 'unknown',
            key,
            levels: [],
            what: 'It is not in the catalogue.',
            why: 'Only a measurement will tell what it does.',
            instead: null,
          },
        ];
  }
  return [
    {
      severity: 'error',
      rule: 'misspelt',
      key,
      levels: [],
      what: 'It will do nothing: there is no such knob.',
      why: `Spark silently accepts any key. Did you mean ${meant}?`,
      instead: meant,
    },
  ];
}

function inertFindings(key: string, use: Use, context: LintContext): Finding[] {
  const reasons = [...use].flatMap(([level, { knobs }]) => {
    const why = whyInert(key, knobs, context);
    return why === undefined ? [] : [{ level, why }];
  });
  const [first] = reasons;
  if (first === undefined || key === 'topic.name' || key === 'spark.app.name') return [];
  return [
    {
      severity: 'warning',
      rule: 'cannot-act',
      key,
      levels: reasons.length === use.size ? [] : reasons.map(({ level }) => level),
      what: 'It has no effect here, so all its levels are the same.',
      why: sentence(first.why),
      instead: findKnob(key)?.instead ?? null,
    },
  ];
}

function valueFindings(entry: KnobEntry, key: string, use: Use): Finding[] {
  return [...use.keys()].flatMap((level) => {
    const problem = valueProblem(entry, level);
    if (problem === undefined) return [];
    return [
      {
        severity: 'error',
        rule: 'value',
        key,
        levels: [level],
        what: 'Its trials will fail.',
        why: `${levelText(level)} is ${problem}.`,
        instead: entry.default === null ? null : `the default: ${entry.default}`,
      } as const,
    ];
  });
}

function memoryFindings(key: string, use: Use, { memoryBytes }: LintContext): Finding[] {
  if (key !== 'spark.driver.memory') return [];
  return [...use].flatMap(([level, { knobs }]) => {
    const bytes = bytesOf(String(level)) ?? 0;
    if (bytes <= memoryBytes || targetOf(knobs).kind !== 'local') return [];
    const gibibytes = (memoryBytes / 2 ** 30).toFixed(1);
    return [
      {
        severity: 'error',
        rule: 'memory',
        key,
        levels: [level],
        what: 'Its trials will fail, or the system will kill them.',
        why: `This machine has ${gibibytes} GiB of memory.`,
        instead: 'a heap that leaves room for the system and the broker',
      } as const,
    ];
  });
}

function togetherFindings({ together = [] }: KnobEntry, key: string, use: Use): Finding[] {
  return together.flatMap((other) => {
    const alone = [...use].filter(
      ([level, { knobs }]) => String(level) === 'true' && (knobs[other] ?? null) === null,
    );
    if (alone.length === 0) return [];
    return [
      {
        severity: 'warning',
        rule: 'together',
        key,
        levels: alone.map(([level]) => level),
        what: `It will use the default of ${other} (${findKnob(other)?.default ?? 'none'}).`,
        why: 'They belong together.',
        instead: `both: ${key} and ${other}`,
      } as const,
    ];
  });
}

function goodToKnow(entry: KnobEntry, key: string, { variedKeys }: LintContext): Finding[] {
  const note = { severity: 'note', key, levels: [] } as const;
  return [
    ...(entry.weak === undefined
      ? []
      : [
          {
            ...note,
            rule: 'hardly-acts' as const,
            what: 'It will hardly make a difference.',
            why: sentence(entry.weak),
            instead: null,
          },
        ]),
    ...(entry.frozen === true && variedKeys.includes(key)
      ? [
          {
            ...note,
            rule: 'frozen' as const,
            what: 'It takes effect here, because each trial starts with a fresh checkpoint.',
            why: 'A checkpoint keeps the value it was created with: a running job only picks up a new value with a new checkpoint.',
            instead: null,
          },
        ]
      : []),
  ];
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
