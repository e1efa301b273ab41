import { expect } from 'chai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';

describe('the shipped schemas', () => {
  const folder = projectPath('schemas');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

  it('are there', () => {
    expect(names).to.include.members(['experiment.schema.json', 'run-folder.schema.json']);
  });

  // The program does not look at that again each time.
  for (const name of names) {
    it(`${name} holds against the meta-schema`, () => {
      const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
      const valid = ajv.validateSchema(
        JSON.parse(readFileSync(join(folder, name), 'utf8')) as object,
      );
      expect(valid, ajv.errorsText(ajv.errors)).to.equal(true);
    });
  }
});
