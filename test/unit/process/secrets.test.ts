import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencesIn, secretParts } from '../../../src/model/secret.js';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { readSecrets } from '../../../src/process/secrets.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('the secrets of an experiment', () => {
  const folder = temporaryFolder();
  const read = (level: string, env: Record<string, string> = {}) =>
    readSecrets(referencesIn(level), env);

  it('are found inside a text', () => {
    expect(secretParts('user="u" password="${env:PW}" ${file:/a b/c}!')).to.deep.equal([
      'user="u" password="',
      { kind: 'env', name: 'PW', text: '${env:PW}' },
      '" ',
      { kind: 'file', name: '/a b/c', text: '${file:/a b/c}' },
      '!',
    ]);
    expect(referencesIn('${PW} $env:PW ${env:} ${other:PW}')).to.deep.equal([]);
    expect(referencesIn(7)).to.deep.equal([]);
  });

  it('are named together where they are missing', async () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    const text = `\${env:NOT_THERE} \${file:${folder}/none} \${file:${empty}}`;
    const { message } = await expectError(read(text), 'SECRET_MISSING');
    expect(message).to.contain('NOT_THERE').and.to.contain('/none').and.to.contain('is empty');
  });

  it('reach a child by its environment, files by themselves', async () => {
    writeFileSync(join(folder, 'pw'), 'of-a-file\n');
    const level = `\${env:PW} \${file:${folder}/pw}`;
    const secrets = await read(level, { PW: 'hunter2', OTHER: 'not asked for' });
    expect(secrets.envFor(referencesIn(level))).to.deep.equal({ PW: 'hunter2' });
  });

  it('are masked however the text is cut', async () => {
    const value = 'p$w"\\d+(x\nsecond line';
    const secrets = await read('${env:A} ${env:B}', { A: value, B: 'p$w' });
    const text = `1 ${value} 2 p$w 3 ${JSON.stringify(value)} 4 second line 5 p$`;
    const expected = '1 *** 2 *** 3 "***" 4 *** 5 p$';
    const random = seededRandom(5);
    for (let round = 0; round < 500; round += 1) {
      const mask = secrets.masker();
      let masked = '';
      for (let at = 0; at < text.length;) {
        const length = 1 + random.below(9);
        masked += mask.push(text.slice(at, at + length));
        at += length;
      }
      expect(masked + mask.end()).to.equal(expected);
    }
  });

  it('hold nothing back where there are none', async () => {
    const mask = (await read('plain')).masker();
    expect(mask.push('at once') + mask.end()).to.equal('at once');
  });
});
