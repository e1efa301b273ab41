import { closestName } from '../knobs/closest-name.js';
import { knobsOfScope, type Assignment } from '../model/knob.js';

const triggerKnobs = ['availableNow', 'processingTime', 'once', 'continuous', 'realTime'];

/** What is wrong with the trigger's and the topic's knobs, whatever the job; a sentence each. `whose`: the kind of job. */
export function triggerAndTopicProblems(knobs: Assignment, whose: string): string[] {
  const trigger = knobsOfScope(knobs, 'trigger');
  const topic = knobsOfScope(knobs, 'topic');
  return [
    ...unknownKnobs('trigger', trigger.keys(), { known: triggerKnobs, whose }),
    ...unknownKnobs('topic', topic.keys(), { known: ['name', 'partitions'], whose }),
    ...topicProblems(topic),
    ...severalTriggers(trigger),
  ];
}

/** A sentence for each knob of a scope that the job does not know. */
export function unknownKnobs(
  scope: string,
  keys: Iterable<string>,
  { known, whose }: { readonly known: readonly string[]; readonly whose: string },
): string[] {
  return [...keys]
    .filter((key) => !known.includes(key))
    .map((key) => {
      const close = closestName(key, known);
      const meant = close === undefined ? '' : ` Did you mean ${scope}.${close}?`;
      return `${scope}.${key} is no knob of ${whose}; it knows ${known.join(', ')}.${meant}`;
    });
}

/** Checks Kafka's rule for names, and a partition count that a broker on one machine can handle. */
function topicProblems(topic: ReadonlyMap<string, string>): string[] {
  const name = topic.get('name');
  const partitions = topic.get('partitions');
  return [
    ...(name === undefined || /^(?!\.\.?$)[\w.-]{1,200}$/.test(name)
      ? []
      : [`topic.name is ${JSON.stringify(name)}; Kafka takes letters, digits, ".", "_" and "-".`]),
    ...(partitions === undefined || (/^\d+$/.test(partitions) && within(Number(partitions), 1_000))
      ? []
      : [`topic.partitions is ${JSON.stringify(partitions)}, not a whole number from 1 to 1000.`]),
  ];
}

function severalTriggers(trigger: ReadonlyMap<string, string>): string[] {
  const chosen = [...trigger].filter(([, value]) => value !== 'false').map(([key]) => key);
  return chosen.length > 1
    ? [`Only one trigger can be set, not ${chosen.map((key) => `trigger.${key}`).join(' and ')}.`]
    : [];
}

function within(value: number, most: number): boolean {
  return value >= 1 && value <= most;
}
