import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import { HarnessError } from '../../../src/model/harness-error.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { jobKnobProblems } from '../../../src/jobs/template/job-knob-problems.js';

const files = (folder: string) =>
  readdirSync(projectPath(folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(projectPath(`${folder}/${name}`), 'utf8') }));

function refusalOf(text: string): string {
  try {
    parseExperiment({ text, file: 'x.yaml' });
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'EXPERIMENT_INVALID') return error.message;
    throw error;
  }
  return '';
}

describe('experiment files', () => {
  for (const { name, text } of [...files('test/schemas/good'), ...files('experiments')]) {
    it(`are accepted: ${name}`, () => {
      const plan = planExperiment(parseExperiment({ text, file: name }));
      for (const { knobs } of plan.configurations) {
        expect(jobKnobProblems(knobs)).to.deep.equal([]);
      }
    });

    it(`are refused with one key too many, wherever it stands: ${name}`, () => {
      const experiment = parse(text) as Record<string, unknown>;
      const sections = Object.entries(experiment).filter(
        ([key, value]) =>
          !['knobs', 'factors', 'baseline', 'exclude'].includes(key) && typeof value === 'object',
      );
      const variants = [
        { ...experiment, surplus: 1 },
        ...sections.map(([key, value]) => ({
          ...experiment,
          [key]: Array.isArray(value)
            ? value.map((one: object) => ({ ...one, surplus: 1 }))
            : { ...(value as object), surplus: 1 },
        })),
      ];
      for (const variant of variants) {
        expect(refusalOf(stringify(variant))).to.match(/^x\.yaml:\d+:\d+: unknown key "surplus"/);
      }
    });
  }

  for (const { name, text } of files('test/schemas/bad')) {
    it(`are refused with place and reason: ${name}`, () => {
      const expected = /^# expect: (\d+:\d+: .+)/.exec(text)?.[1];
      expect(expected, 'the file says what is wrong with it').to.be.a('string');
      expect(refusalOf(text)).to.contain(`x.yaml:${expected!}`);
    });
  }
});
