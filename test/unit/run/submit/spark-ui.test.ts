import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sparkUiUrl, withSparkUi } from '../../../../src/run/submit/spark-ui.js';
import { temporaryFolder } from '../../../helpers/temporary-folder.js';

describe("the address of Spark's user interface", () => {
  const folder = temporaryFolder();
  const told = async (report: object) => {
    const file = join(folder, 'effective-conf.json');
    writeFileSync(file, JSON.stringify(report));
    return await sparkUiUrl(file);
  };

  it('is what the session says of itself', async () => {
    const uiUrl = 'http://10.0.0.1:4041';
    expect(await told({ uiUrl, settings: {} })).to.equal(uiUrl);
    expect(await told({ uiUrl: null, settings: { 'spark.ui.enabled': 'false' } })).to.equal(
      undefined,
    );
  });

  it('is at a port of our choice for a jar, which nobody can ask', async () => {
    const knobs = await withSparkUi({ 'spark.a': 1 }, { kind: 'jar' });
    expect(knobs['spark.ui.port']).to.be.a('number').greaterThan(1_023);
    const settings = {
      'spark.ui.enabled': 'true',
      'spark.ui.port': String(knobs['spark.ui.port']),
      'spark.driver.host': '127.0.0.1',
    };
    const url = `http://127.0.0.1:${settings['spark.ui.port']}`;
    expect(await told({ settings })).to.equal(url);
    expect(await told({ settings: { ...settings, 'spark.ui.enabled': 'false' } })).to.equal(
      undefined,
    );
  });

  it('is left to the experiment, and to Spark for a script', async () => {
    expect(await withSparkUi({ 'spark.ui.port': 4_050 }, { kind: 'jar' })).to.include({
      'spark.ui.port': 4_050,
    });
    expect(await withSparkUi({}, { kind: 'script' })).to.deep.equal({ 'spark.ui.enabled': true });
  });
});
