import { sparkVersionKnob, type Assignment } from '../model/knob.js';
import { targetOf, type TargetKind } from '../model/target.js';
import { defaultOf, findKnob, type KnobEntry } from './catalogue.js';
import { isBefore } from './version-order.js';

/** What decides whether knobs act: the Spark version and the kind of query. */
export interface ActContext {
  /** Of configurations that do not name their own. */
  readonly sparkVersion: string;
  /** Undefined if nobody knows. */
  readonly stateful: boolean | undefined;
}

/** Returns why a set knob is inert in a configuration; undefined if it is not, or if it is unknown. */
export function whyInert(key: string, knobs: Assignment, context: ActContext): string | undefined {
  const entry = findKnob(key);
  if (entry === undefined) return unknownSourceOption(key);
  const { acts = {}, since } = entry;
  const { stateful } = context;
  const sparkVersion = sparkVersionOf(knobs, context);
  if (acts.never !== undefined) return acts.never;
  if (acts.api === 'dstream') {
    return 'it belongs to the old DStream API, and Structured Streaming never reads it';
  }
  if (acts.api === 'rdd') return 'it is for RDD operations, and a DataFrame query has none';
  if (since !== null && isBefore(sparkVersion, since)) {
    return `it came with Spark ${since}, and ${sparkVersion} does not know it`;
  }
  if (entry.until !== undefined && !isBefore(sparkVersion, entry.until)) {
    return `Spark ${entry.until} removed it`;
  }
  const { kind } = targetOf(knobs);
  if (acts.masters?.includes(kind) === false && !actsOtherwise(acts, kind, knobs)) {
    return mastersText(acts.masters, kind);
  }
  if (acts.queries === 'stateless' && stateful === true) {
    return 'streaming queries with state run without it';
  }
  if (acts.queries === 'stateful' && stateful === false) return 'this query keeps no state';
  if (acts.streamingSince !== undefined && isBefore(sparkVersion, acts.streamingSince)) {
    return `streaming queries heed it from Spark ${acts.streamingSince} on`;
  }
  return unmetNeed(entry, knobs, sparkVersion);
}

/** The version of Spark that a configuration runs on. */
function sparkVersionOf(
  knobs: Assignment,
  { sparkVersion }: Pick<ActContext, 'sparkVersion'>,
): string {
  return String(knobs[sparkVersionKnob] ?? sparkVersion);
}

function unknownSourceOption(key: string): string | undefined {
  return key.startsWith('source.') && !key.startsWith('source.kafka.')
    ? 'the Kafka source has no such option, and Spark ignores those that it does not know'
    : undefined;
}

function actsOtherwise(
  { otherwiseWith }: NonNullable<KnobEntry['acts']>,
  kind: TargetKind,
  knobs: Assignment,
): boolean {
  if (otherwiseWith === undefined || kind === 'local') return false;
  return Object.entries(otherwiseWith).every(([key, value]) => String(knobs[key]) === value);
}

function mastersText(masters: readonly TargetKind[], kind: TargetKind): string {
  return kind === 'local'
    ? 'in local mode driver and executor are one JVM, which takes neither its memory nor its cores from it'
    : `it acts on ${masters.join(', ')} only, and this is ${kind}`;
}

function unmetNeed(
  { needs = {} }: KnobEntry,
  knobs: Assignment,
  sparkVersion: string,
): string | undefined {
  for (const [other, wanted] of Object.entries(needs)) {
    const value = knobs[other] ?? defaultOf(findKnob(other), sparkVersion);
    if (wanted === null ? value === null : String(value) !== wanted) {
      return wanted === null
        ? `it acts with ${other} only`
        : `it acts only with ${other}=${wanted}`;
    }
  }
  return undefined;
}
