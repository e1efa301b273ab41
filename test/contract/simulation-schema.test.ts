import { expect } from 'chai';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSimulation } from '../../src/config/parse-simulation.js';
import { projectPath } from '../../src/process/project-paths.js';
import { expectError } from '../helpers/expect-error.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('simulation models', () => {
  const folder = temporaryFolder();

  it('that are shipped can be read', async () => {
    const files = readdirSync(projectPath('experiments/simulated'));
    expect(files.length).to.be.greaterThan(0);
    for (const file of files) {
      const { simulation: model } = await readSimulation(
        projectPath(`experiments/simulated/${file}`),
      );
      expect(model.rowsPerSecond).to.be.greaterThan(0);
    }
  });

  it('have a default for everything', async () => {
    const file = join(folder, 'smallest.yaml');
    writeFileSync(file, 'version: 1\n');
    const { simulation: model } = await readSimulation(file);
    expect(model.noise.trial).to.equal(0.05);
    expect(model.effects).to.deep.equal([]);
    expect(model.faults).to.deep.equal([]);
  });

  const wrong: readonly (readonly [title: string, text: string, place: string])[] = [
    ['an unknown key', 'version: 1\nnoize: {}\n', '2:1: unknown key "noize". Did you mean noise?'],
    ['an unknown fault', 'version: 1\nfaults: [{ kind: hangs }]\n', '2:18: faults.0.kind'],
    ['a share without %', 'version: 1\ndrift: 0.1\n', '2:8: drift must be text'],
    [
      'an effect of nothing',
      'version: 1\neffects: [{ knobs: {}, gain: 5% }]\n',
      '2:20: effects.0.knobs',
    ],
    ['what is no YAML', 'version: [1\n', '2:1:'],
  ];
  for (const [title, text, place] of wrong) {
    it(`are refused with place and reason: ${title}`, async () => {
      const file = join(folder, 'wrong.yaml');
      writeFileSync(file, text);
      const { message } = await expectError(readSimulation(file), 'EXPERIMENT_INVALID');
      expect(message).to.contain(`${file}:${place}`);
    });
  }

  it('that are missing are named', async () => {
    const { message } = await expectError(readSimulation('/nowhere.yaml'), 'EXPERIMENT_UNREADABLE');
    expect(message).to.contain('/nowhere.yaml');
  });
});
