import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { catalogue, findKnob } from '../../src/knobs/catalogue.js';
import { valueProblem } from '../../src/knobs/value-problem.js';
import { isBefore } from '../../src/knobs/version-order.js';
import { projectPath } from '../../src/process/project-paths.js';

const read = (path: string) => JSON.parse(readFileSync(projectPath(path), 'utf8')) as object;

describe('the knob catalogue', () => {
  it('follows its schema in every file', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      read('schemas/knobs.schema.json'),
    );
    const files = readdirSync(projectPath('knobs'));
    expect(files.length).to.be.greaterThan(5);
    for (const file of files) {
      expect(
        validate(read(`knobs/${file}`)),
        `${file}: ${JSON.stringify(validate.errors)}`,
      ).to.equal(true);
    }
  });

  it('holds each key once, and at least sixty', () => {
    const keys = catalogue().map(({ key }) => key.toLowerCase());
    expect(keys.length).to.be.at.least(60);
    expect(new Set(keys).size).to.equal(keys.length);
  });

  it('speaks in sentences', () => {
    for (const { key, does } of catalogue()) expect(does, key).to.match(/^[A-Z].*\.$/);
  });

  it('names only knobs that it knows where one depends on another', () => {
    const named = catalogue().flatMap(({ needs = {}, together = [] }) => [
      ...Object.keys(needs),
      ...together,
    ]);
    expect(named.length).to.be.greaterThan(10);
    for (const key of named) expect(findKnob(key), key).not.to.equal(undefined);
  });

  it('tells changes of a default in the order of their versions, each after the key was there', () => {
    const changed = catalogue().filter(({ defaults }) => defaults !== undefined);
    expect(changed.map(({ key }) => key)).to.include('spark.sql.ansi.enabled');
    for (const { key, since, until, defaults } of changed) {
      const versions = [since ?? '0.0.0', ...Object.keys(defaults ?? {}), until ?? '99.0.0'];
      versions.slice(1).forEach((version, index) => {
        expect(isBefore(versions[index]!, version), `${key}: ${version}`).to.equal(true);
      });
    }
  });

  it('has values only that it would take itself', () => {
    const values = catalogue().flatMap((entry) =>
      (entry.values ?? []).map((value) => ({ entry, value })),
    );
    expect(values).to.have.length.greaterThan(10);
    for (const { entry, value } of values) {
      expect(valueProblem(entry, value), `${entry.key}=${value}`).to.equal(undefined);
    }
  });
});
