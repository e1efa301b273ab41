import { expect } from 'chai';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/command-line.js';
import { displayWidth } from '../../../src/report/terminal/display-width.js';
import { simulatedRun } from '../../helpers/simulated-run.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const escape = '\u001b';

describe('a result on a terminal', function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  let folder = '';
  before(async () => {
    folder = await simulatedRun(root, { blocks: 5 });
  });

  async function report(
    columns: number,
    look: { colors: boolean; links: boolean },
    argv = ['report'],
  ) {
    const { host, written } = testHost();
    const sides = {
      out: { ...host.out, ...look, columns },
      err: { ...host.err, ...look, columns },
    };
    await runCommandLine([...argv, folder], { ...host, ...sides, cwd: root });
    return written;
  }
  const withoutMarks = (text: string) => text.replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), '');

  it('has the same text with colours as without, and only our own marks', async () => {
    const plain = await report(100, { colors: false, links: false });
    const marked = await report(100, { colors: true, links: false });
    expect(plain.out).to.not.contain(escape);
    expect(marked.out).to.contain(`${escape}[32m`);
    expect(withoutMarks(marked.out)).to.equal(plain.out);
  });

  it('fits 80 columns, with a bar in the table and what its marks mean below it', async () => {
    const { out } = await report(80, { colors: true, links: true });
    const lines = withoutMarks(out).split('\n');
    for (const line of lines.filter((one) => !one.startsWith('--conf')))
      expect(displayWidth(line), line).to.be.at.most(80);
    expect(lines.some((line) => /│ .*better │ .*●.*│$|│ .*better │ .*▶ *│/.test(line))).to.equal(
      true,
    );
    expect(lines.some((line) => line.startsWith('Bars: │ no change'))).to.equal(true);
  });

  it('answers before the table, and ends with what to do next', async () => {
    const { out } = await report(80, { colors: false, links: false });
    const lines = out.trimEnd().split('\n');
    const table = lines.findIndex((line) => line.startsWith('┌'));
    const answer = lines.findIndex((line) => line.includes('times the baseline'));
    expect(answer).to.be.within(0, table - 1);
    expect(lines.findIndex((line) => line.startsWith('Next: '))).to.be.greaterThan(table);
  });

  it('names report.html on its last line, as a link where one can be clicked', async () => {
    const page = join(folder, 'report.html');
    const linked = (await report(80, { colors: true, links: true })).err
      .trimEnd()
      .split('\n')
      .at(-1);
    expect(linked).to.equal(
      `To look at: ${escape}]8;;${pathToFileURL(page).href}${escape}\\${page}${escape}]8;;${escape}\\`,
    );
    const plain = (await report(80, { colors: false, links: false })).err;
    expect(plain).to.not.contain(escape);
    expect(plain.trimEnd()).to.match(/To look at: \S+report\.html$/);
    const failed = await report(80, { colors: false, links: false }, [
      'report',
      '--fail-on',
      'better',
    ]);
    expect(failed.err.trimEnd()).to.match(/report\.html$/);
  });
});
