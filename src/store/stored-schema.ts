import { schemaCheck } from '../config/problems/schema-problems.js';

const schemaFile = 'schemas/run-folder.schema.json';

/** The parts of the schema, each with its name in messages. */
const checks = {
  manifest: schemaCheck(schemaFile, 'the manifest', 'manifest'),
  plan: schemaCheck(schemaFile, 'the plan', 'plan'),
  journalLine: schemaCheck(schemaFile, 'this line', 'journalLine'),
  outcome: schemaCheck(schemaFile, 'the outcome', 'outcome'),
} as const;

/** What is wrong with the shape of a stored value, as a clause; undefined if nothing is. */
export function storedProblem(part: keyof typeof checks, value: unknown): string | undefined {
  return checks[part](value)[0]?.message;
}
