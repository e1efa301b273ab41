import { schemaCheck } from '../config/problems/schema-problems.js';

/** The parts of `schemas/run-folder.schema.json`, with their names in messages. */
const names = {
  manifest: 'the manifest',
  plan: 'the plan',
  journalLine: 'this line',
  outcome: 'the outcome',
} as const;

type StoredPart = keyof typeof names;

const checks = new Map<StoredPart, ReturnType<typeof schemaCheck>>();

/** What is wrong with the shape of a stored value, as a clause; undefined if nothing is. */
export function storedProblem(part: StoredPart, value: unknown): string | undefined {
  const check = checks.get(part) ?? schemaCheck(schemaFile, names[part], part);
  checks.set(part, check); // compiled when it is first needed: most commands read no run
  return check(value)[0]?.message;
}

const schemaFile = 'schemas/run-folder.schema.json';
