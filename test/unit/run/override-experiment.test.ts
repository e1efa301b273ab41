import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { overrideExperiment } from '../../../src/run/override-experiment.js';

const experimentWith = (more: string) =>
  parseExperiment({
    file: 'x.yaml',
    text: `version: 1\nname: x\nfactors: { spark.sql.shuffle.partitions: [4, 2] }\n${more}\n`,
  });

describe('overrideExperiment', () => {
  it('keeps a fixed number of blocks fixed: --blocks adds no look at the number in the file', () => {
    const { design, stopping } = overrideExperiment(experimentWith('design: { blocks: 3 }'), {
      blocks: 12,
    });
    expect(design.blocks).to.equal(12);
    expect(stopping.interimLooks).to.deep.equal([12]);
  });

  it('keeps the looks of the file that come before the last block', () => {
    const looks = experimentWith('stopping: { looks: [4, 8, 12] }');
    const looksWith = (blocks: number) =>
      overrideExperiment(looks, { blocks }).stopping.interimLooks;
    expect(looksWith(10)).to.deep.equal([4, 8, 10]);
    expect(looksWith(20)).to.deep.equal([4, 8, 12, 20]);
    expect(looksWith(3)).to.deep.equal([3]);
  });

  it('refuses one version of Spark where the experiment varies it', () => {
    const text = 'version: 1\nname: x\nfactors: { spark.version: [3.5.7, 4.2.0] }\n';
    const varied = parseExperiment({ file: 'x.yaml', text });
    expect(() => overrideExperiment(varied, { sparkVersion: '4.0.0' })).to.throw(
      '--spark-version cannot be used here: the experiment varies spark.version.',
    );
    const fixed = experimentWith('spark: { version: 3.5.7 }');
    expect(overrideExperiment(fixed, { sparkVersion: '4.0.0' }).sparkVersion).to.equal('4.0.0');
  });
});
