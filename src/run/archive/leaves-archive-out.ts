import { bytesOf, heapBytesOf } from '../../knobs/value-problem.js';
import { isSet, type Assignment } from '../../model/knob.js';
import { trialsOf, type Plan } from '../../model/trial/plan.js';

/** Where Spark gets a driver's JVM options from. */
const optionKnobs = ['spark.driver.extraJavaOptions', 'spark.driver.defaultJavaOptions'];

/**
 * Options with which Java starts without a stored archive and goes on, or on Java 25 does not start at all. Tried with Spark's own
 * command line on Java 17 (CDS) and 25 (AOT cache), counting the classes of -Xlog:class+load. Both take the archive with the serial,
 * parallel, Shenandoah and Epsilon collectors, -Xint, -XX:TieredStopAtLevel, -XX:+UseStringDeduplication,
 * -XX:CompressedClassSpaceSize, --module-path, a Java agent, a debugger, and a flight recording; Java 17 also with
 * -XX:G1HeapRegionSize, -XX:HeapBaseMinAddress, -Xms, -Xverify:none, -Xlog and -ea.
 */
const without = [
  /^-XX:\+UseZGC$/,
  /^-XX:-UseCompressed(?:Oops|ClassPointers)$/,
  /^-XX:[-+]UseCompactObjectHeaders$/,
  /^-XX:ObjectAlignmentInBytes=/,
  /^-Xshare:/,
  /^-XX:[-+]UseSharedSpaces$/,
  /^-XX:(?:SharedArchiveFile|AOTCache|AOTMode)=/,
  /^-Xbootclasspath\/a:/,
  /^-Djava\.system\.class\.loader=/,
  /^--(?:patch-module|upgrade-module-path|limit-modules)\b/,
];

/** Up to here a heap has short references: tried with 31 GiB and 32,736 MiB, and in vain with 32,760 MiB. */
const largestHeap = 32_736 * 2 ** 20;

/**
 * What a configuration that runs sets with which Java would leave an archive out, as written: then none of them may have it, as the
 * others would start sooner. Undefined if there is nothing like that.
 */
export function leavesArchiveOut(plan: Plan): string | undefined {
  const run = new Set(trialsOf(plan).map(({ configuration }) => configuration));
  for (const { id, knobs } of run) {
    const found = optionOf(knobs);
    if (found !== undefined) return `${id} has ${found}, with which Java leaves it out`;
  }
  return undefined;
}

function optionOf(knobs: Assignment): string | undefined {
  const memory = 'spark.driver.memory';
  if (isSet(knobs, memory) && heapBytesOf(String(knobs[memory])) > largestHeap)
    return `${memory} of ${String(knobs[memory])}`;
  return optionKnobs
    .flatMap((key) => (isSet(knobs, key) ? String(knobs[key]).split(/[\s"']+/) : []))
    .find(isWithout);
}

function isWithout(option: string): boolean {
  const [, heap] = /^-XX:MaxHeapSize=(.+)$/.exec(option) ?? [];
  if (heap !== undefined) return (bytesOf(heap) ?? 0) > largestHeap;
  return without.some((pattern) => pattern.test(option));
}
